package homelab.kubeconfig;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Problem;
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
 * The user's kubeconfig has the cluster under its name, with an address of the cluster and its CA. A context of that
 * name that is another cluster's is not touched, and says no to founding one.
 *
 * @param apiUrls where the API may be reached; the first is written, any of them is left as it is
 * @param caSha256 of the cluster's CA; empty while there is no cluster, and then the step waits
 * @param replace whether another cluster's entries of that name may go
 * @param stale SHA-256 of a client certificate that is not to stay there
 */
public record KubeconfigContext(
        Path file,
        String context,
        NodeName server,
        List<String> apiUrls,
        Optional<String> caSha256,
        boolean replace,
        Optional<String> stale)
        implements Resource {

    /** Whose client certificate is as good as any. */
    public KubeconfigContext(
            Path file,
            String context,
            NodeName server,
            List<String> apiUrls,
            Optional<String> caSha256,
            boolean replace) {
        this(file, context, server, apiUrls, caSha256, replace, Optional.empty());
    }

    public KubeconfigContext {
        apiUrls = List.copyOf(apiUrls);
    }

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
        return Status.of(readings.of(probe()), this::judged);
    }

    private Status judged(Optional<KubeconfigState> there) {
        if (there.isPresent()
                && !replace
                && !caSha256.equals(Optional.of(there.get().caSha256()))) {
            return new Status.Refused(foreign(there.get()));
        }
        if (caSha256.isEmpty()) {
            return new Status.Waits(server + " is a server", Worst.CREATE);
        }
        return there.map(this::compare).orElseGet(this::absent);
    }

    private Problem foreign(KubeconfigState there) {
        return Problem.of(
                "the kubeconfig " + file + " has a context '" + context + "' of another cluster",
                "it points to " + there.server() + " with another CA"
                        + (caSha256.isEmpty() ? ", and there is no cluster on the hosts of the inventory" : ""),
                caSha256.isEmpty()
                        ? "if that cluster is gone for good: --found-new-cluster; " + Refusals.ELSEWHERE
                        : "if it may go: homelab kubeconfig --replace-context; " + Refusals.ELSEWHERE);
    }

    private Status absent() {
        return Status.drift(Worst.CREATE, "context " + context, "absent", apiUrls.get(0));
    }

    private Status compare(KubeconfigState state) {
        List<Change> changes = new ArrayList<>();
        if (!apiUrls.contains(state.server())) {
            changes.add(new Change("server", state.server(), apiUrls.get(0)));
        }
        if (!caSha256.equals(Optional.of(state.caSha256()))) {
            changes.add(new Change("CA (SHA-256)", state.caSha256(), caSha256.orElse("")));
        }
        if (stale.equals(Optional.of(state.clientCertificateSha256()))) {
            changes.add(new Change("client certificate", "the one of before", "the server's new one"));
        }
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.CHANGE);
    }

    @Override
    public Deed deed() {
        return new Deed.MergeKubeconfig(server, context, apiUrls.get(0), file, replace);
    }
}
