package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.util.List;

/** There is no file of ours by this name any more. */
public record NoFile(String path) implements Resource {

    @Override
    public String id() {
        return "no file " + path;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    private Probe<String> probe() {
        String file = Sh.quote(path);
        return Probe.text("gone:" + path, "if [ -e " + file + " ] || [ -L " + file + " ]; then echo there; fi");
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(probe()),
                is -> is.isBlank() ? Status.SAME : Status.drift(Worst.DELETE, path, "there", "absent"));
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of("rm -f " + Sh.quote(path) + "\n");
    }
}
