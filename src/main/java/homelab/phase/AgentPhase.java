package homelab.phase;

import homelab.facts.K3sState;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.NodeCondition;
import homelab.resource.OfNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The agents. Those that are new, or do not run, come up all at the same time; they need only one server and do not wait
 * for the others. A member that runs may be restarted, and its node must be Ready before the next one's turn.
 *
 * @param remembered whether the API may remember nodes of these names from before their k3s was started, as one does
 *     that begins with a snapshot: they were Ready then
 */
public record AgentPhase(boolean remembered) implements Phase {

    public AgentPhase() {
        this(false);
    }

    @Override
    public String name() {
        return "agents";
    }

    @Override
    public boolean inTurn(Site site, Step step) {
        return site.cluster().agents().stream()
                .filter(agent -> new Joining(site, agent).settled()
                        && site.k3sOf(agent).filter(K3sState::running).isPresent())
                .anyMatch(agent -> step.target().equals(new Target.OnHost(agent.name()))
                        || step.resource() instanceof OfNode of && of.node().equals(agent.name()));
    }

    @Override
    public List<Step> steps(Site site) {
        List<Step> steps = new ArrayList<>();
        K3sNode.all(site, site.cluster().agents()).forEach(agent -> {
            steps.add(agent.step(name(), agent.heardAnew(agent.service(), remembered)));
            if (site.reached(agent.node())) {
                steps.add(new Step(
                        name(),
                        new Target.OnCluster(),
                        NodeCondition.ready(agent.node().name())));
            }
        });
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
