package homelab.kubeconfig;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user's kubeconfig has the cluster under its name, with the cluster's address and CA.
 *
 * @param caSha256 of the cluster's CA; empty while there is no cluster, and then the step waits
 */
public record KubeconfigContext(Path file, String context, NodeName server, String apiUrl, Optional<String> caSha256)
        implements Resource {

    @Override
    public String id() {
        return "kubeconfig " + file + " context " + context;
    }

    /** The script does nothing: the file is on this machine, and reading it as YAML is the parser's work. */
    private Probe<Optional<KubeconfigState>> probe() {
        return Probe.of("kubeconfig:" + file, ":", answer -> KubeconfigState.read(file, context));
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        if (caSha256.isEmpty()) {
            return new Status.Waits(server + " is a server", Worst.CREATE);
        }
        Reading<Optional<KubeconfigState>> reading = readings.of(probe());
        if (reading instanceof Reading.Unknown<Optional<KubeconfigState>> unknown) {
            return new Status.Unknown(unknown.why());
        }
        return reading.known().flatMap(state -> state).map(this::compare).orElseGet(this::absent);
    }

    private Status absent() {
        return Status.drift(Worst.CREATE, "context " + context, "absent", apiUrl);
    }

    private Status compare(KubeconfigState state) {
        List<Change> changes = new ArrayList<>();
        differ(changes, "server", state.server(), apiUrl);
        differ(changes, "CA (SHA-256)", state.caSha256(), caSha256.orElse(""));
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.CHANGE);
    }

    private static void differ(List<Change> changes, String what, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new Change(what, before, after));
        }
    }

    @Override
    public Deed deed() {
        return new Deed.MergeKubeconfig(server, context, apiUrl, file);
    }
}
