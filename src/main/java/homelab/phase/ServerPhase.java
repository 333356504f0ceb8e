package homelab.phase;

import homelab.model.Node;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.K3sApi;
import homelab.resource.NodeCondition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The servers run, one after another, each through its gates before the next begins: those that are members first, the
 * one that all is asked through last of them, then those that join.
 *
 * @param remembered whether the API may remember nodes of these names from before their k3s was started, as one does
 *     that begins with a snapshot: they were Ready then
 */
public record ServerPhase(boolean remembered) implements Phase {

    public ServerPhase() {
        this(false);
    }

    @Override
    public String name() {
        return "server";
    }

    @Override
    public boolean inTurn(Site site, Step step) {
        return step.target() instanceof Target.OnHost;
    }

    @Override
    public List<Step> steps(Site site) {
        List<Node> before = FoundingPhase.of(site);
        List<Step> steps = new ArrayList<>();
        K3sNode.all(site, site.cluster().servers()).stream()
                .sorted(Comparator.comparing(ServerPhase::turn))
                .forEach(server -> steps.addAll(steps(server, before.contains(server.node()))));
        K3sNode.all(site, site.cluster().servers()).stream()
                .filter(server -> site.reached(server.node()) && !readyFirst(server))
                .forEach(server -> steps.add(new Step(
                        name(),
                        new Target.OnCluster(),
                        NodeCondition.ready(server.node().name()))));
        return steps;
    }

    /**
     * Whether its node must be Ready before the next server is begun: one that has joined long ago may be restarted, and
     * its pods are not to be away together with the next one's. For others to join, etcd's gates are enough.
     */
    private static boolean readyFirst(K3sNode server) {
        return server.joining().settled() && turn(server) == 0;
    }

    private static int turn(K3sNode server) {
        boolean leads = server.node().equals(server.joining().founder());
        return leads ? 1 : server.joining().settled() ? 0 : 2;
    }

    /**
     * All of it is asked of the server itself: until it answers, there may be nobody else to ask.
     *
     * @param up whether it is brought up by the phase before
     */
    private List<Step> steps(K3sNode server, boolean up) {
        List<Step> steps = new ArrayList<>();
        AmongServers among = new AmongServers(server.site().cluster());
        if (!up) {
            steps.add(server.step(name(), among.restarting(server.service(), server.node())));
        }
        if (!up || remembered) {
            steps.add(server.step(name(), server.heardAnew(new K3sApi(), remembered)));
        }
        if (readyFirst(server)) {
            steps.add(server.step(name(), NodeCondition.ready(server.node().name())));
        }
        among.gates(server.node()).forEach(gate -> steps.add(server.step(name(), gate)));
        return steps;
    }
}
