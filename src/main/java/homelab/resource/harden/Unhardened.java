package homelab.resource.harden;

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

/** An item of hardening of which nothing is left. What it has saved on the way, things that were taken away, stays. */
public record Unhardened(Measure measure, Probe<HardenLook> look) implements Resource {

    /** The items of one host, which are looked at together. */
    public static List<Resource> all(List<Measure> measures) {
        Probe<HardenLook> look = HardenLook.probe(measures);
        return measures.stream()
                .<Resource>map(measure -> new Unhardened(measure, look))
                .toList();
    }

    @Override
    public String id() {
        return "no harden " + measure.item().word();
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(look);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(look), is -> {
            List<Change> changes = new ArrayList<>();
            measure.files()
                    .filter(file -> is.sums().containsKey(file.path()))
                    .forEach(file -> changes.add(new Change(file.path(), "there", "absent")));
            measure.traces().stream()
                    .filter(is.marks()::contains)
                    .forEach(trace -> changes.add(new Change(trace, "there", "absent")));
            if (changes.isEmpty() && is.marks().contains(measure.untold())) {
                changes.add(new Change(measure.item().word(), "half undone", "undone"));
            }
            return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.DELETE);
        });
    }

    /** What a run leaves that dies in its midst is seen by the mark, and taken up by the next one. */
    @Override
    public Deed deed() {
        StringBuilder script = new StringBuilder(measure.mark());
        measure.units()
                .map(unit -> Sh.quote(unit.name()))
                .forEach(unit -> script.append("systemctl disable -q --now " + unit + " 2>/dev/null || :\n"));
        measure.files().forEach(file -> script.append("rm -f " + Sh.quote(file.path()) + "\n"));
        script.append(measure.reload()).append(measure.undo()).append('\n');
        measure.traces().forEach(trace -> script.append("rm -f " + Sh.quote(trace) + "\n"));
        return Deed.Shell.of(script + "rm -f " + measure.untold() + "\n");
    }
}
