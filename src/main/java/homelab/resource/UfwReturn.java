package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.util.ArrayList;
import java.util.List;

/**
 * What takes a change of the firewall back that nobody confirms: a script, a timer, and a unit that comes before UFW at
 * boot. It is there before the first rule is written.
 *
 * @param files the script and its units
 */
public record UfwReturn(List<TextFile> files) implements Resource {
    /** The script, as it lands. */
    public static final String SCRIPT = "/usr/local/lib/homelab/firewall";

    /** Defines what lets a long change be made in its own time: it is taken back 30 s after the last of its parts. */
    static final String LONGER = "longer() { [ ! -x " + SCRIPT + " ] || " + SCRIPT + " longer; }\n";

    private static final String UNIT = "homelab-firewall.service";

    public UfwReturn {
        files = List.copyOf(files);
    }

    @Override
    public String id() {
        return "firewall's way back";
    }

    @Override
    public List<Probe<?>> probes() {
        List<Probe<?>> probes = new ArrayList<>();
        files.forEach(file -> probes.addAll(file.probes()));
        probes.add(SystemdUnit.probe(UNIT));
        return probes;
    }

    @Override
    public Status status(Readings readings) {
        List<Change> changes = new ArrayList<>();
        Worst worst = Worst.CREATE;
        for (TextFile file : files) {
            Status status = file.status(readings);
            if (status instanceof Status.Drift drift) {
                changes.addAll(drift.changes());
                worst = drift.worst().compareTo(worst) > 0 ? drift.worst() : worst;
            } else if (!status.equals(Status.SAME)) {
                return status;
            }
        }
        return changes.isEmpty()
                ? Status.of(readings.of(SystemdUnit.probe(UNIT)), UfwReturn::judged)
                : drift(changes, worst);
    }

    private static Status drift(List<Change> changes, Worst worst) {
        return new Status.Drift(changes, worst);
    }

    private static Status judged(SystemdUnit.State unit) {
        return unit.atBoot() ? Status.SAME : Status.drift(Worst.CHANGE, UNIT + " at boot", "off", "on");
    }

    @Override
    public Deed deed() {
        StringBuilder script = new StringBuilder("set -eu\n");
        files.forEach(file -> script.append(((Deed.Shell) file.deed()).script()).append('\n'));
        return Deed.Shell.of(script + "systemctl daemon-reload\nsystemctl enable -q " + UNIT + "\n");
    }
}
