package homelab.resource.harden;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Content;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.TextFile;
import homelab.resource.Worst;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An item of hardening that is done. @param look at all of a host's items */
public record Hardened(Measure measure, Probe<HardenLook> look) implements Resource {

    /** The items of one host, which are looked at together. */
    public static List<Resource> all(List<Measure> measures) {
        Probe<HardenLook> look = HardenLook.probe(measures);
        return measures.stream()
                .<Resource>map(measure -> new Hardened(measure, look))
                .toList();
    }

    @Override
    public String id() {
        return "harden " + measure.item().word();
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(look);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(look), this::judged);
    }

    private Status judged(HardenLook is) {
        Optional<String> unless = is.unless(measure.item());
        if (unless.isPresent()) {
            return new Status.NotHere(unless.get());
        }
        List<Change> changes = new ArrayList<>();
        measure.files().forEach(file -> file(file, is, changes));
        measure.units().forEach(unit -> unit(unit, is, changes));
        measure.live()
                .filter(live -> !is.live().getOrDefault(live.name(), "").equals(live.wanted()))
                .forEach(live -> changes.add(new Change(live.name(), value(is, live), live.wanted())));
        if (changes.isEmpty() && is.marks().contains(measure.untold())) {
            changes.add(new Change(id(), "written", "in effect"));
        }
        boolean made = measure.files().anyMatch(file -> !is.sums().containsKey(file.path()));
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, made ? Worst.CREATE : Worst.CHANGE);
    }

    private static String value(HardenLook is, Part.Live live) {
        String value = is.live().getOrDefault(live.name(), "");
        return value.isEmpty() ? "unset" : value;
    }

    private static void file(Part.Text file, HardenLook is, List<Change> changes) {
        String sum = is.sums().get(file.path());
        String mode = file.mode().replaceFirst("^0", "") + " root:root";
        if (sum == null) {
            changes.add(new Change(file.path(), "absent", "file, " + file.mode() + " root:root"));
        } else if (!sum.equals(sha256(file.text()))) {
            changes.add(new Change(file.path(), "other text", "homelab's"));
        } else if (!mode.equals(is.modes().get(file.path()))) {
            changes.add(new Change(file.path(), is.modes().getOrDefault(file.path(), "unknown"), mode));
        }
    }

    private static String sha256(String text) {
        return Content.of(text).sha256();
    }

    private static void unit(Part.Unit unit, HardenLook is, List<Change> changes) {
        if (!is.enabled(unit)) {
            changes.add(new Change("unit " + unit.name() + " at boot", "off", "on"));
        } else if (unit.now() && !is.active(unit)) {
            changes.add(new Change("unit " + unit.name(), "stopped", "runs"));
        }
    }

    /** That it is not in effect yet is remembered, so that a run which dies in between is taken up by the next one. */
    @Override
    public Deed deed() {
        StringBuilder script = new StringBuilder(measure.mark());
        measure.files()
                .forEach(file -> script.append(((Deed.Shell) TextFile.of(file.path(), file.text())
                                .withMode(file.mode())
                                .deed())
                        .script()));
        script.append(measure.reload());
        measure.units()
                .forEach(unit -> script.append("systemctl enable -q " + Sh.quote(unit.name()) + "\n"
                        + (unit.now() ? "systemctl restart " + Sh.quote(unit.name()) + "\n" : "")));
        return Deed.Shell.of(script + measure.apply() + "\nrm -f " + measure.untold() + "\n");
    }
}
