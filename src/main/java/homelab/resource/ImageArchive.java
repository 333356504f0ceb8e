package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An archive of container images on a host, where k3s reads it again at each start. Uploads are verified before they get
 * their name, and the name has the checksum in it, so the name alone says what is there.
 *
 * @param local the file here
 */
public record ImageArchive(Path local, String sha256) implements Resource {
    static final String FOLDER = "/var/lib/rancher/k3s/agent/images/";
    private static final String PREFIX = "homelab-";

    private static final Probe<Set<String>> PROBE = Probe.of(
            "image archives",
            "cd " + FOLDER + " 2>/dev/null || exit 0; for f in " + PREFIX
                    + "*; do [ ! -f \"$f\" ] || echo \"$f\"; done",
            answer -> new TreeSet<>(answer.text().lines().toList()));

    /** {@code /var/lib/rancher/k3s/agent/images/homelab-0123456789ab-longhorn.tar} */
    String remote() {
        return FOLDER + PREFIX + sha256.substring(0, 12) + "-" + local.getFileName();
    }

    @Override
    public String id() {
        return "images " + local.getFileName();
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(PROBE),
                names -> names.contains(remote().substring(FOLDER.length()))
                        ? Status.SAME
                        : Status.drift(Worst.CREATE, remote(), "absent", "uploaded"));
    }

    @Override
    public Deed deed() {
        return new Deed.Upload(local, remote(), sha256, "0644");
    }
}
