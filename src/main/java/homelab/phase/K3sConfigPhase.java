package homelab.phase;

import homelab.facts.K3sState;
import homelab.model.Node;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.FixedSetting;
import homelab.resource.Foretold;
import homelab.resource.FreeSeat;
import homelab.resource.K3sConfig;
import homelab.resource.Resource;
import homelab.resource.Worst;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All that k3s is configured by, on every node but those that are brought up before. */
public record K3sConfigPhase() implements Phase {

    @Override
    public String name() {
        return "config";
    }

    /** Whom a node joins, and by which token, is known when a server runs. */
    @Override
    public boolean looksAnew() {
        return true;
    }

    @Override
    public List<Step> steps(Site site) {
        List<Node> before = FoundingPhase.of(site);
        List<Step> steps = new ArrayList<>(guards(site));
        for (K3sNode node : K3sNode.all(site, site.cluster().nodes())) {
            if (!before.contains(node.node())) {
                steps.addAll(node.files(name()));
            } else if (node.joining().founds() && site.cluster().servers().size() > 1) {
                steps.add(node.step(name(), rejoins()));
            }
        }
        return steps;
    }

    /** What must be so before anything of a running cluster is touched. */
    private List<Step> guards(Site site) {
        Stream<Resource> fixed = FixedSetting.all(site.cluster()).stream().map(setting -> setting);
        Stream<Resource> seats = site.cluster().nodes().stream()
                .filter(node -> site.reached(node) && !new Joining(site, node).settled())
                .map(node -> seat(site, node));
        return site.leader().isEmpty()
                ? List.of()
                : Stream.concat(fixed, seats)
                        .map(guard -> new Step(name(), new Target.OnCluster(), guard))
                        .toList();
    }

    private static Resource seat(Site site, Node node) {
        boolean password = site.k3sOf(node).filter(K3sState::password).isPresent();
        // One that was a node before and whose k3s is just coming up takes its own seat; only its data are not there
        // yet.
        boolean joins = password
                && site.k3sOf(node)
                        .filter(k3s -> k3s.active().startsWith("activ"))
                        .isPresent();
        return new FreeSeat(node.name(), node.ip(), node.isServer() && !joins, password);
    }

    /** Until it has data the first server can be told nothing but to found the cluster. */
    private static Foretold rejoins() {
        return Foretold.waits("server to rejoin in " + K3sConfig.PATH, "it has founded the cluster", Worst.CHANGE);
    }
}
