package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.util.List;
import java.util.Set;

/**
 * No image archive of another release is left: k3s would read it at every start, and a Pi's card has better uses for
 * 200 MB. Archives of the user's own, under other names, stay.
 *
 * @param keep the archive's name on the host
 */
public record K3sOldImages(String keep) implements Resource {

    @Override
    public String id() {
        return "images of other releases";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(K3sImages.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        if (!(readings.of(K3sImages.PROBE) instanceof Reading.Known<Set<String>> known)) {
            return new Status.Unknown("the image archives could not be looked at");
        }
        List<Change> changes = known.value().stream()
                .filter(name -> !name.equals(keep))
                .map(name -> new Change(K3sImages.FOLDER + name, "there", "absent"))
                .toList();
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.CHANGE);
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of("set -eu\ncd " + K3sImages.FOLDER + "\nfor f in " + K3sImages.PREFIX + "*; do [ \"$f\" = "
                + Sh.quote(keep) + " ] || rm -f \"$f\"; done\n");
    }
}
