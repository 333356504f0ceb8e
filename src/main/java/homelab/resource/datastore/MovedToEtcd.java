package homelab.resource.datastore;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.K3sConfig;
import homelab.resource.K3sTrouble;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The data of k3s are in etcd. k3s moves them itself when it is started with {@code cluster-init} beside a file of SQLite
 * (docs.k3s.io, "High Availability Embedded etcd", existing clusters); to-etcd under templates/ keeps a copy before that
 * and sees to it that what broke off begins anew.
 */
public record MovedToEtcd() implements Resource {

    @Override
    public String id() {
        return "data of k3s in etcd";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(MoveStage.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(MoveStage.PROBE), MovedToEtcd::judged);
    }

    private static Status judged(MoveStage is) {
        if (is.isDone()) {
            return is.active().equals("active")
                    ? Status.SAME
                    : Status.drift(Worst.START, "service k3s", is.active(), "active");
        }
        String before = is.sqlite() ? String.format(Locale.ROOT, "in SQLite, %.1f MB", is.bytes() / 1e6) : "in SQLite";
        return Status.drift(Worst.RESTART, "data of k3s", before, "in etcd, with a copy in /var/lib/homelab/sqlite");
    }

    /**
     * Does not wait: with an endless start-up time-out of its own, {@code systemctl start} can block for ever. One that is
     * on its way is left to it.
     */
    @Override
    public Deed deed() {
        return Deed.Shell.of("""
                set -eu
                if [ -e /var/lib/rancher/k3s/server/db/state.db ]; then
                  [ -x SCRIPT ] && [ -f DROP_IN ] && grep -q '^cluster-init: true' CONFIG || {
                    echo 'what keeps the move whole is not in its place' >&2; exit 1; }
                  rm -f FAILED
                fi
                systemctl daemon-reload
                case $(systemctl is-active k3s) in activating) exit 0 ;; esac
                systemctl reset-failed -q k3s 2>/dev/null || :
                systemctl restart --no-block k3s
                """.replace("SCRIPT", MoveStage.SCRIPT)
                .replace("DROP_IN", MoveStage.DROP_IN)
                .replace("CONFIG", K3sConfig.PATH)
                .replace("FAILED", MoveStage.FAILED));
    }

    /** k3s writes key by key, each to the disk, and a card takes some ten a second at its worst. */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(15);
    }

    @Override
    public List<Probe<Optional<String>>> vain() {
        Probe<Optional<String>> failed = Probe.of(
                "why not to etcd",
                "head -n 1 " + MoveStage.FAILED + " 2>/dev/null || :",
                answer -> Optional.of(answer.text().strip())
                        .filter(why -> !why.isEmpty())
                        .map(why -> "no copy of SQLite's file could be kept, so k3s goes on with SQLite: " + why));
        return List.of(failed, K3sTrouble.vain("k3s"));
    }

    @Override
    public Optional<Probe<String>> diagnosis() {
        Probe<String> journal = K3sTrouble.probe("k3s");
        return Optional.of(new Probe<>(
                "why not to etcd, and back",
                journal.shell(),
                journal.limit(),
                answer -> journal.parser().apply(answer) + "\n" + MoveStage.WAY_BACK));
    }
}
