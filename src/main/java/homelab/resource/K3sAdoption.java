package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A k3s that others installed becomes homelab's: what its unit, environment and drop-ins say is said by config.yaml
 * from now on. The old files are kept below {@link #KEPT}. Nothing is started anew by it.
 *
 * @param unit "k3s" or "k3s-agent"
 * @param fragment the unit's file as it was found
 * @param files what homelab writes, the unit among them
 * @param leaving drop-ins of the unit and files of config.yaml.d that go
 * @param environments files out of which variables of k3s go
 * @param started what the process at work is known to be started with, if that is as good as the inventory's
 * @param changes what a person is told
 * @param against why it is not done, if anything speaks against it
 */
public record K3sAdoption(
        String unit,
        String fragment,
        List<TextFile> files,
        List<String> leaving,
        List<String> environments,
        Optional<K3sFingerprint> started,
        List<Change> changes,
        Optional<Problem> against)
        implements Resource {
    /** Where the files that were found are kept, by their own paths. */
    public static final String KEPT = "/var/lib/homelab/adopted";

    public K3sAdoption {
        files = List.copyOf(files);
        leaving = List.copyOf(leaving);
        environments = List.copyOf(environments);
        changes = List.copyOf(changes);
    }

    static Probe<Boolean> others(String unit) {
        return Probe.yes("k3s of others:" + unit, """
                f=/etc/systemd/system/UNIT.service
                [ ! -f $f ] || { IFS= read -r line <$f; case $line in '# Written by homelab'*) exit 1 ;; esac; }
                """.replace("UNIT", unit));
    }

    @Override
    public String id() {
        return "k3s that others installed";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(others(unit));
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(others(unit)),
                others -> !others
                        ? Status.SAME
                        : against.<Status>map(Status.Refused::new)
                                .orElseGet(() -> new Status.Drift(changes, Worst.CHANGE)));
    }

    /**
     * The unit comes last: until it is homelab's, all of this is done again. Before it, what the process at work was
     * started with is written down, so that a run that is cut here restarts nothing either.
     */
    @Override
    public Deed deed() {
        return Deed.Shell.of("set -eu\n" + FileWrite.PUT + kept() + put(false) + withoutVariables() + gone()
                + remembered() + put(true) + "systemctl daemon-reload\n");
    }

    /** What a run before this one wrote, and was cut off behind, is not what was found. */
    private String kept() {
        return """
                umask 077
                keep() {
                  [ -f "$1" ] || return 0
                  case $(head -n 1 "$1") in '# Written by homelab'*) return 0 ;; esac
                  [ -e "KEPT$1" ] || { mkdir -p "KEPT${1%/*}"; cp -p "$1" "KEPT$1"; }
                }
                """.replace("KEPT", KEPT)
                + "for f in " + Sh.quote(fragment) + " " + Sh.quote(K3sConfig.PATH) + " " + Sh.quote(replaced()) + " "
                + Sh.quote(environments) + " "
                + Sh.quote(leaving) + "; do keep \"$f\"; done\n";
    }

    /** What the inventory has instead of a file of others by the same name. */
    private List<String> replaced() {
        return files.stream()
                .map(TextFile::path)
                .filter(K3sRegistries.PATH::equals)
                .toList();
    }

    private boolean isUnit(TextFile file) {
        return file.path().equals("/etc/systemd/system/" + unit + ".service");
    }

    private String put(boolean units) {
        return files.stream()
                .filter(file -> isUnit(file) == units)
                .map(file -> Sh.feed(
                        file.content().reveal(),
                        "put " + Sh.quote(file.path()) + " " + file.mode() + " " + Sh.quote(file.owner())))
                .collect(Collectors.joining());
    }

    private String withoutVariables() {
        return environments.stream()
                .map(path -> "grep -v '^[[:space:]]*K3S_' " + Sh.quote(path) + " >/run/homelab.env || :\nput "
                        + Sh.quote(path) + " 0600 '' </run/homelab.env\nrm -f /run/homelab.env\n")
                .collect(Collectors.joining());
    }

    private String gone() {
        return leaving.isEmpty() ? "" : "rm -f " + Sh.quote(leaving) + "\n";
    }

    private String remembered() {
        return started.map(parts -> Sh.feed(parts.text(), "put /run/homelab/k3s.started 0600 ''"))
                .orElse("");
    }
}
