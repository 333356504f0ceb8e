package homelab.phase;

import homelab.drain.Terms;
import homelab.kubeconfig.KubeconfigContext;
import homelab.model.Node;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Drained;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The order in which a node leaves the cluster: emptied while all still runs, forgotten by the API and by etcd, and only then
 * is its host stopped and cleaned. What names it last is the user's kubeconfig.
 *
 * @param node this one
 * @param through the server that is asked to forget it
 * @param dead whether its host is gone: nothing is asked of it, and its pods end with its Node
 * @param keepHost whether its host keeps its files, with k3s stopped
 */
public record RemovalPhases(Node node, Node through, boolean dead, boolean keepHost) {
    private static final Set<String> OF_THE_CLUSTER = Set.of("leave", "etcd", "stop", "forgotten");

    /**
     * @param terms by which its pods leave
     * @param limit how long they may take
     * @param kubeconfig what the user has of the cluster, if it names this node
     */
    public List<Phase> of(Terms terms, Duration limit, Optional<KubeconfigContext> kubeconfig) {
        List<Phase> phases = new ArrayList<>();
        if (!dead) {
            phases.add(emptied(terms, limit));
        }
        ResetPhases.of(List.of(node), Optional.of(through), Optional.empty(), Optional.empty()).stream()
                .filter(phase -> !keepHost || OF_THE_CLUSTER.contains(phase.name()))
                .forEach(phases::add);
        kubeconfig.map(RemovalPhases::named).ifPresent(phases::add);
        return phases;
    }

    /** For one that is to come back in another role: its host stays prepared. */
    public List<Phase> toComeBack(Terms terms, Duration limit, Optional<KubeconfigContext> kubeconfig) {
        List<Phase> phases = new ArrayList<>(List.of(emptied(terms, limit)));
        phases.addAll(ResetPhases.ofK3s(node, through));
        kubeconfig.map(RemovalPhases::named).ifPresent(phases::add);
        return phases;
    }

    private Phase emptied(Terms terms, Duration limit) {
        Step step = new Step("drain", new Target.OnHost(through.name()), new Drained(node.name(), terms, limit));
        return new OfSteps("drain", site -> List.of(step));
    }

    private static Phase named(KubeconfigContext context) {
        return new OfSteps("kubeconfig", site -> List.of(new Step("kubeconfig", new Target.Here(), context)));
    }
}
