package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The images of a release as an archive that k3s reads at its start, so that no registry is needed. Its name on the host
 * carries its checksum: uploads are verified before they get their name, so the name alone says what is in it.
 *
 * @param name of the archive at the release, "k3s-airgap-images-arm64.tar.zst"
 * @param local the verified file in the cache
 */
public record K3sImages(String name, Path local, String sha256) implements Resource {
    static final String FOLDER = "/var/lib/rancher/k3s/agent/images/";
    static final String PREFIX = "k3s-airgap-images-";

    static final Probe<Set<String>> PROBE = Probe.of(
            "k3s images",
            "cd " + FOLDER + " 2>/dev/null || exit 0; for f in " + PREFIX
                    + "*; do [ ! -f \"$f\" ] || echo \"$f\"; done",
            answer -> new TreeSet<>(answer.text().lines().toList()));

    /** {@code k3s-airgap-images-arm64-0123456789ab.tar.zst} */
    public String remoteName() {
        return name.replaceFirst("\\.tar", "-" + sha256.substring(0, 12) + ".tar");
    }

    @Override
    public String id() {
        return "images of k3s";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(PROBE);
    }

    @Override
    public Status status(Readings readings) {
        if (!(readings.of(PROBE) instanceof Reading.Known<Set<String>> known)) {
            return new Status.Unknown("the image archives could not be looked at");
        }
        return known.value().contains(remoteName())
                ? Status.SAME
                : Status.drift(Worst.CREATE, FOLDER + remoteName(), "absent", "uploaded");
    }

    @Override
    public Deed deed() {
        return new Deed.Upload(local, FOLDER + remoteName(), sha256, "0644");
    }
}
