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
import java.util.Set;

/**
 * A unit that starts at boot and runs now.
 *
 * @param name with or without its suffix, "k3s"
 * @param patience how long it may take to become active; zero waits in the start itself
 */
public record SystemdUnit(String name, Duration patience) implements Resource {
    private static final Set<String> STARTS_AT_BOOT =
            Set.of("enabled", "enabled-runtime", "static", "indirect", "alias", "generated");

    /** What systemd says of a unit. @param load "loaded", "not-found", "masked" */
    public record State(String load, String file, String active) {
        public boolean atBoot() {
            return STARTS_AT_BOOT.contains(file);
        }

        public boolean running() {
            return active.equals("active");
        }
    }

    public static SystemdUnit running(String name) {
        return new SystemdUnit(name, Duration.ZERO);
    }

    @Override
    public String id() {
        return "unit " + name;
    }

    /** Also of use without the resource: what a unit is doing. */
    public static Probe<State> probe(String name) {
        String shell = "systemctl show -p LoadState -p UnitFileState -p ActiveState " + Sh.quote(name);
        return Probe.of("unit:" + name, shell, SystemdUnit::parse);
    }

    private static State parse(Answer answer) {
        Map<String, String> values = new HashMap<>();
        answer.text()
                .lines()
                .map(line -> line.split("=", 2))
                .forEach(pair -> values.put(pair[0], pair[pair.length - 1]));
        String active = values.get("ActiveState");
        if (!answer.ok() || active == null) {
            throw new IllegalStateException("systemctl does not answer (exit code " + answer.exit() + ")");
        }
        return new State(values.getOrDefault("LoadState", ""), values.getOrDefault("UnitFileState", ""), active);
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe(name));
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe(name)), this::judged);
    }

    private Status judged(State is) {
        List<Change> changes = new ArrayList<>();
        if (!is.atBoot()) {
            changes.add(new Change(id() + " at boot", is.load().equals("not-found") ? "absent" : is.file(), "enabled"));
        }
        if (!is.running()) {
            changes.add(new Change(id(), is.active(), "active"));
        }
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, is.running() ? Worst.CHANGE : Worst.START);
    }

    @Override
    public Deed deed() {
        String start = patience.isZero() ? "systemctl start " : "systemctl start --no-block ";
        return Deed.Shell.of("set -eu\nsystemctl daemon-reload\nsystemctl enable -q " + Sh.quote(name) + "\n" + start
                + Sh.quote(name) + "\n");
    }

    @Override
    public Optional<Probe<String>> diagnosis() {
        return Optional.of(Probe.text("journal:" + name, "journalctl -q --no-pager -n 20 -o cat -u " + Sh.quote(name)));
    }
}
