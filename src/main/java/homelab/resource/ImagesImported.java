package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;

/**
 * The images of an archive are known to the container runtime of the host, without waiting for the next start of k3s. A
 * mark is left beside what homelab knows, since to ask the runtime for each image takes a second.
 */
public record ImagesImported(ImageArchive archive) implements Resource {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private String mark() {
        return "/var/lib/homelab/images/" + archive.sha256();
    }

    private Probe<Boolean> probe() {
        return Probe.of(
                "imported:" + archive.sha256(),
                "[ ! -f " + mark() + " ] || echo yes",
                answer -> answer.text().strip().equals("yes"));
    }

    @Override
    public String id() {
        return "import of " + archive.id();
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(probe()),
                done -> done ? Status.SAME : Status.drift(Worst.CREATE, archive.id(), "an archive", "imported"));
    }

    @Override
    public Deed deed() {
        return new Deed.Shell(
                "set -eu\n" + Probe.LIFTED + "k3s ctr -n k8s.io images import --no-unpack "
                        + Sh.quote(archive.remote()) + " >/dev/null\nmkdir -p /var/lib/homelab/images\n: >" + mark()
                        + "\n",
                LIMIT);
    }
}
