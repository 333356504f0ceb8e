package homelab.resource.helm;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Helm's release archive is on the server, or is there no more because {@link HelmProgram} was taken out of it.
 *
 * @param version "v3.18.4"
 * @param from where it is had when it is not in the cache
 * @param local where the cache has it
 */
public record HelmArchive(String version, URI from, Path local, String sha256) implements Resource {
    static final String PATH = "/usr/local/lib/homelab/helm.tar.gz";

    @Override
    public String id() {
        return "archive of helm " + version;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(HelmProgram.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(HelmProgram.PROBE),
                is -> is.program().equals(sha256) || is.archive().equals(sha256)
                        ? Status.SAME
                        : Status.drift(Worst.CREATE, id(), "absent", "sha256 " + sha256.substring(0, 12)));
    }

    @Override
    public Deed deed() {
        return new Deed.Deliver(new Deed.Fetch(from, local, sha256), new Deed.Upload(local, PATH, sha256, "0600"));
    }
}
