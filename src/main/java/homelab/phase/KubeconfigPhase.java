package homelab.phase;

import homelab.facts.K3sState;
import homelab.kubeconfig.KubeconfigContext;
import homelab.model.Node;
import homelab.plan.Step;
import homelab.plan.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cluster's admin access in the user's kubeconfig.
 *
 * @param file the kubeconfig that is meant
 * @param replace whether another cluster's context of that name may go
 * @param stale SHA-256 of a client certificate that is not to stay there
 */
public record KubeconfigPhase(Path file, boolean replace, Optional<String> stale) implements Phase {

    public KubeconfigPhase(Path file, boolean replace) {
        this(file, replace, Optional.empty());
    }

    @Override
    public String name() {
        return "kubeconfig";
    }

    @Override
    public List<Step> steps(Site site) {
        Node server = site.leader().orElseGet(() -> site.cluster().servers().get(0));
        return List.of(new Step(
                name(),
                new Target.Here(),
                new KubeconfigContext(
                        file, site.cluster().name(), server.name(), urls(site, server), ca(site), replace, stale)));
    }

    /** Of the server that answers, or of one that is only switched off. */
    private static Optional<String> ca(Site site) {
        return Stream.concat(site.leader().stream(), site.cluster().servers().stream())
                .filter(node -> site.facts().containsKey(node.name()))
                .flatMap(node -> site.factsOf(node).k3s().known().stream())
                .flatMap(k3s -> k3s.caSha256().stream())
                .findFirst();
    }

    /**
     * The server's own first, then every other under which an API with a valid certificate answers. A kubeconfig that
     * points to a server which does not answer today is pointed to one that does.
     */
    private static List<String> urls(Site site, Node server) {
        Stream<Node> answering = site.cluster().servers().stream()
                .filter(node -> site.k3sOf(node).filter(K3sState::apiReady).isPresent());
        Stream<String> servers = Stream.concat(Stream.of(server), answering)
                .map(node -> node.ip().toString());
        return Stream.concat(servers, site.cluster().k3s().tlsSans().stream())
                .map(host -> "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":6443")
                .distinct()
                .toList();
    }
}
