package homelab.phase;

import homelab.facts.K3sState;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.NodeCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The agents join, all at the same time; those that are new need only one server and do not wait for the others. */
public record AgentPhase() implements Phase {

    @Override
    public String name() {
        return "agents";
    }

    @Override
    public List<Step> steps(Site site) {
        List<Step> steps =
                new ArrayList<>(services(K3sNode.all(site, site.cluster().agents())));
        site.cluster().agents().stream()
                .filter(site::reached)
                .forEach(agent ->
                        steps.add(new Step(name(), new Target.OnCluster(), NodeCondition.ready(agent.name()))));
        return steps;
    }

    private List<Step> services(List<K3sNode> agents) {
        return agents.stream().map(agent -> agent.step(name(), agent.service())).toList();
    }

    @Override
    public List<Step> early(Site site) {
        if (site.leader().isEmpty() || !serversAreUpToDate(site)) {
            return List.of();
        }
        return services(K3sNode.all(site, site.cluster().agents()).stream()
                .filter(agent -> site.reached(agent.node()) && !agent.joining().settled())
                .toList());
    }

    /** No kubelet may be newer than an API server that it may ask (Kubernetes, version skew policy). */
    private static boolean serversAreUpToDate(Site site) {
        String wanted = site.cluster().k3s().version().toString();
        return K3sNode.all(site, site.cluster().servers()).stream()
                .filter(server -> server.joining().settled())
                .allMatch(server ->
                        site.k3sOf(server.node()).flatMap(K3sState::version).equals(Optional.of(wanted)));
    }
}
