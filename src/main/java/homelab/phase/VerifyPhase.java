package homelab.phase;

import homelab.facts.K3sState;
import homelab.model.Backend;
import homelab.model.Node;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Foretold;
import homelab.resource.K3sDns;
import homelab.resource.OverlayReaches;
import homelab.resource.OverlayReaches.Peer;
import homelab.resource.Resource;
import homelab.resource.Worst;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What makes nodes a cluster: names are resolved, and pods reach each other from node to node. */
public record VerifyPhase() implements Phase {
    /** Those with an interface of flannel's own on every node, which answers without any pod. */
    private static final Set<Backend> TUNNELS = Set.of(Backend.VXLAN, Backend.WIREGUARD);

    @Override
    public String name() {
        return "verify";
    }

    /** A node has its pod network when it has joined. */
    @Override
    public boolean looksAnew() {
        return true;
    }

    @Override
    public List<Step> steps(Site site) {
        List<Step> steps = new ArrayList<>();
        List<Node> nodes = site.cluster().nodes().stream()
                .filter(node -> site.reached(node) && isIn(site, node))
                .toList();
        if (nodes.size() > 1 && TUNNELS.contains(site.cluster().k3s().backend())) {
            nodes.forEach(
                    node -> steps.add(new Step(name(), new Target.OnHost(node.name()), overlay(site, node, nodes))));
        }
        if (!site.cluster().k3s().disable().contains("coredns")) {
            steps.add(new Step(name(), new Target.OnCluster(), new K3sDns()));
        }
        return steps;
    }

    /** Where there is a cluster, a host without a unit of k3s is not in it; it may be one that joins another day. */
    private static boolean isIn(Site site, Node node) {
        boolean installed = site.k3sOf(node).map(k3s -> k3s.unit().isPresent()).orElse(true);
        return installed || site.leader().isEmpty();
    }

    private static Resource overlay(Site site, Node from, List<Node> nodes) {
        List<Peer> peers = nodes.stream()
                .filter(node -> !node.equals(from))
                .map(node -> new Peer(node.name(), node.ip(), pods(site, node)))
                .toList();
        OverlayReaches reaches =
                new OverlayReaches(from.name(), site.cluster().k3s().backend(), peers);
        return site.leader().isPresent() ? reaches : Foretold.waits(reaches.id(), "the nodes have joined", Worst.WAIT);
    }

    /** The address of flannel's interface: the first of the node's pod network. */
    private static String pods(Site site, Node node) {
        return Optional.ofNullable(site.facts().get(node.name()))
                .flatMap(facts -> facts.k3s().known())
                .flatMap(K3sState::podCidr)
                .map(cidr -> cidr.substring(0, cidr.indexOf('/')))
                .orElse("");
    }
}
