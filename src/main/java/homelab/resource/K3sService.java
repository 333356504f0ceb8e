package homelab.resource;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * k3s starts at boot and runs now, with its present program, settings and unit.
 *
 * @param unit "k3s" or "k3s-agent"
 */
public record K3sService(String unit, K3sFingerprint wanted) implements Resource {

    /** @param reload whether systemd still goes by an older unit file */
    private record Look(String load, String file, String active, boolean reload, K3sFingerprint started) {}

    private Probe<Look> probe() {
        // In this order: a new record before a look at the state cannot belong to a process that is still to be
        // stopped.
        String shell =
                "cat /run/homelab/k3s.started 2>/dev/null; echo ---; systemctl show -p LoadState -p UnitFileState"
                        + " -p ActiveState -p NeedDaemonReload " + unit;
        return Probe.of("service:" + unit, shell, K3sService::parse);
    }

    private static Look parse(Answer answer) {
        String[] parts = answer.text().split("---\n", 2);
        Map<String, String> systemd = new HashMap<>();
        parts[parts.length - 1]
                .lines()
                .map(line -> line.split("=", 2))
                .forEach(pair -> systemd.put(pair[0], pair[pair.length - 1]));
        String active = systemd.get("ActiveState");
        if (!answer.ok() || active == null) {
            throw new IllegalStateException("systemctl does not answer (exit code " + answer.exit() + ")");
        }
        return new Look(
                systemd.getOrDefault("LoadState", ""),
                systemd.getOrDefault("UnitFileState", ""),
                active,
                systemd.getOrDefault("NeedDaemonReload", "no").equals("yes"),
                K3sFingerprint.parse(parts[0]));
    }

    @Override
    public String id() {
        return "service " + unit;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), this::judged);
    }

    private Status judged(Look is) {
        boolean running = is.active.equals("active");
        List<Change> changes = new ArrayList<>();
        if (!is.file.equals("enabled")) {
            String before = is.load.equals("not-found") ? "absent" : is.file.isEmpty() ? "disabled" : is.file;
            changes.add(new Change(id() + " at boot", before, "enabled"));
        }
        Worst worst = changes.isEmpty() ? Worst.WAIT : Worst.CHANGE;
        if (!running) {
            changes.add(new Change(id(), is.active, "active"));
            worst = Worst.START;
        } else if (is.reload || !wanted.changesFrom(is.started).isEmpty()) {
            changes.addAll(restarts(is));
            worst = Worst.RESTART;
        }
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, worst);
    }

    private List<Change> restarts(Look is) {
        List<Change> changes = wanted.changesFrom(is.started);
        return changes.isEmpty()
                ? List.of(new Change("k3s runs with", "an older unit file", "the present one"))
                : changes;
    }

    /** Does not wait: with an endless start-up time-out of its own, {@code systemctl start} can block for ever. */
    @Override
    public Deed deed() {
        return Deed.Shell.of("""
                set -eu
                stale=$(systemctl show -p NeedDaemonReload --value ${unit})
                systemctl daemon-reload
                systemctl enable -q ${unit}
                case $stale$(systemctl is-active ${unit}) in
                  noactive|noactivating)
                    if ${is-started}; then exit 0; fi ;;
                esac
                systemctl reset-failed -q ${unit} 2>/dev/null || :
                systemctl restart --no-block ${unit}
                """.replace("${unit}", unit).replace("${is-started}", wanted.isStarted()));
    }

    /** The gate of a clock that nobody sets holds its first start up for as much as two and a half minutes. */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(8);
    }

    @Override
    public List<Probe<Optional<String>>> vain() {
        return List.of(K3sTrouble.vain(unit));
    }

    @Override
    public Optional<Probe<String>> diagnosis() {
        return Optional.of(K3sTrouble.probe(unit));
    }
}
