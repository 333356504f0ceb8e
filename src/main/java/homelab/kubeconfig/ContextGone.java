package homelab.kubeconfig;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The user's kubeconfig no longer has a cluster that is gone. A context of that name that is another cluster's stays.
 *
 * @param caSha256 of the cluster that is taken down; empty when no host knows it any more
 */
public record ContextGone(Path file, String context, Optional<String> caSha256) implements Resource {

    @Override
    public String id() {
        return "kubeconfig " + file + " context " + context;
    }

    private Probe<Optional<KubeconfigState>> probe() {
        return Probe.of("kubeconfig:" + file, ":", answer -> KubeconfigState.read(file, context));
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(probe()),
                there -> there.map(KubeconfigState::caSha256)
                                .filter(ca -> caSha256.equals(Optional.of(ca)))
                                .isPresent()
                        ? Status.drift(Worst.DELETE, "context " + context, "there", "absent")
                        : Status.SAME);
    }

    @Override
    public Deed deed() {
        return new Deed.DropContext(context, caSha256.orElse(""), file);
    }
}
