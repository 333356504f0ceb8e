package homelab.resource;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.util.ArrayList;
import java.util.List;

/** The name that the kernel has now and that /etc/hostname gives it at boot. */
public record Hostname(NodeName name) implements Resource {
    private static final Probe<List<String>> LOOK = Probe.of(
            "host names",
            "cat /proc/sys/kernel/hostname; head -n 1 /etc/hostname 2>/dev/null || echo",
            answer -> answer.text().lines().map(String::strip).toList());

    @Override
    public String id() {
        return "host name";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(LOOK);
    }

    @Override
    public Status status(Readings readings) {
        if (!(readings.of(LOOK) instanceof Reading.Known<List<String>> known)
                || known.value().isEmpty()) {
            return new Status.Unknown("the host's name could not be read");
        }
        List<Change> changes = new ArrayList<>();
        String saved = known.value().size() < 2 ? "" : known.value().get(1);
        compare("host name", known.value().get(0), changes);
        compare("/etc/hostname", saved.isEmpty() ? "absent" : saved, changes);
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.CHANGE);
    }

    private void compare(String what, String is, List<Change> changes) {
        if (!is.equals(name.text())) {
            changes.add(new Change(what, is, name.text()));
        }
    }

    @Override
    public Deed deed() {
        String put = "put /etc/hostname 0644 root:root";
        return Deed.Shell.of("set -eu\n" + FileWrite.PUT + Sh.feed(name + "\n", put) + "hostname " + name + "\n");
    }
}
