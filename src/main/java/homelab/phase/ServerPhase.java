package homelab.phase;

import homelab.model.Node;
import homelab.plan.Step;
import homelab.resource.K3sApi;
import homelab.resource.NodeCondition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The servers run, the one that the others join first, each through its gate before the next begins. */
public record ServerPhase() implements Phase {

    @Override
    public String name() {
        return "server";
    }

    @Override
    public List<Step> steps(Site site) {
        List<Node> servers = site.cluster().servers();
        List<Step> steps = new ArrayList<>();
        K3sNode.all(site, servers).stream()
                .sorted(Comparator.comparing(K3sNode::founds).reversed())
                .forEach(server -> steps.addAll(steps(server, servers.size())));
        return steps;
    }

    /** All of it is asked of the server itself: until it answers, there may be nobody else to ask. */
    private List<Step> steps(K3sNode server, int servers) {
        List<Step> steps = new ArrayList<>();
        if (!server.founds()) {
            steps.add(server.step(name(), server.tokenFile()));
        }
        steps.add(server.step(name(), server.service()));
        steps.add(server.step(name(), new K3sApi()));
        steps.add(server.step(name(), NodeCondition.ready(server.node().name())));
        if (servers > 1 || server.site().cluster().k3s().clusterInit()) {
            steps.add(server.step(name(), NodeCondition.voter(server.node().name())));
        }
        return steps;
    }
}
