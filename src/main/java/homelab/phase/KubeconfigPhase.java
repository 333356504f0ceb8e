package homelab.phase;

import homelab.facts.K3sState;
import homelab.kubeconfig.KubeconfigContext;
import homelab.model.Node;
import homelab.plan.Step;
import homelab.plan.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The cluster's admin access in the user's kubeconfig.
 *
 * @param file the kubeconfig that is meant
 */
public record KubeconfigPhase(Path file) implements Phase {

    @Override
    public String name() {
        return "kubeconfig";
    }

    @Override
    public List<Step> steps(Site site) {
        Node server = site.leader().orElseGet(() -> site.cluster().servers().get(0));
        Optional<String> ca = site.leader()
                .flatMap(leader -> site.factsOf(leader).k3s().known())
                .flatMap(K3sState::caSha256);
        String url = "https://" + host(server) + ":6443";
        return List.of(new Step(
                name(),
                new Target.Here(),
                new KubeconfigContext(file, site.cluster().name(), server.name(), url, ca)));
    }

    private static String host(Node server) {
        return server.ip().isV6() ? "[" + server.ip() + "]" : server.ip().toString();
    }
}
