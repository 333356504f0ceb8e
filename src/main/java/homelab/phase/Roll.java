package homelab.phase;

import homelab.model.Node;
import homelab.model.Role;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.HeardAnew;
import homelab.resource.K3sApi;
import homelab.resource.NodeCondition;
import homelab.resource.Resource;
import homelab.resource.rotation.Restarted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * k3s started again on nodes of one role, one after another, each through its gates before the next begins; of the servers
 * the one that all is asked through is the last.
 *
 * @param which of the role's nodes
 * @param restart what starts it again on a node
 */
record Roll(Role role, Predicate<Node> which, Function<Node, Restarted> restart) implements Phase {

    @Override
    public String name() {
        return role == Role.SERVER ? "server" : "agents";
    }

    /** A run that goes on with one that was killed may have begun while the only server was coming up. */
    @Override
    public boolean looksAnew() {
        return role == Role.AGENT;
    }

    @Override
    public boolean inTurn(Site site, Step step) {
        return true;
    }

    @Override
    public List<Step> steps(Site site) {
        List<Step> steps = new ArrayList<>();
        site.cluster().nodes().stream()
                .filter(node -> node.role() == role && which.test(node) && site.reached(node))
                .sorted(Comparator.comparing(node -> site.leader().equals(Optional.of(node))))
                .forEach(node -> steps.addAll(role == Role.SERVER ? server(site, node) : agent(node)));
        return steps;
    }

    private List<Step> server(Site site, Node node) {
        AmongServers among = new AmongServers(site.cluster());
        List<Step> steps = new ArrayList<>();
        steps.add(on(node, among.restarting(restart.apply(node), node)));
        steps.add(on(node, new HeardAnew(new K3sApi(), node.name(), role.unit())));
        steps.add(on(node, NodeCondition.ready(node.name())));
        among.gates(node).forEach(gate -> steps.add(on(node, gate)));
        return steps;
    }

    private List<Step> agent(Node node) {
        return List.of(
                on(node, new HeardAnew(restart.apply(node), node.name(), role.unit())),
                new Step(name(), new Target.OnCluster(), NodeCondition.ready(node.name())));
    }

    private Step on(Node node, Resource resource) {
        return new Step(name(), new Target.OnHost(node.name()), resource);
    }
}
