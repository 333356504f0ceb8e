package homelab.resource.backup;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder that keeps the copies of other nodes, and the login that owns it. Nobody has a shell as it: sshd gives a key of
 * its authorized_keys the file transfer alone.
 */
public record CopiesSeat(String folder) implements Resource {

    @Override
    public String id() {
        return "folder for copies " + folder;
    }

    private Probe<String> probe() {
        return Probe.text("backup:seat:" + folder, """
                id -u %1$s >/dev/null 2>&1 && echo login
                [ "$(stat -c '%%U %%a' %2$s 2>/dev/null)" = '%1$s 700' ] && echo folder
                :
                """.formatted(BackupPaths.USER, Sh.quote(folder)));
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), this::judged);
    }

    private Status judged(String seen) {
        List<Change> changes = new ArrayList<>();
        if (!seen.contains("login")) {
            changes.add(new Change("login " + BackupPaths.USER, "absent", "for file transfer alone"));
        }
        if (!seen.contains("folder")) {
            changes.add(new Change(folder, "absent", "folder, 0700 " + BackupPaths.USER));
        }
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.CREATE);
    }

    /** A login whose password is "!" is refused by an sshd without PAM; "*" is no password either, and is not "locked". */
    @Override
    public Deed deed() {
        return Deed.Shell.of("""
                set -eu
                umask 022
                id -u %1$s >/dev/null 2>&1 ||
                  useradd --system --home-dir %2$s --no-create-home --shell /usr/sbin/nologin %1$s
                usermod -p '*' %1$s
                install -d -m 755 -o root -g root %2$s %2$s/.ssh
                mkdir -p "$(dirname %3$s)"
                install -d -m 700 -o %1$s -g "$(id -gn %1$s)" %3$s
                """.formatted(BackupPaths.USER, BackupPaths.HOME, Sh.quote(folder)));
    }
}
