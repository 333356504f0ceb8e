package homelab.phase;

import homelab.model.Ip;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.firewall.Openings;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Resource;
import homelab.resource.UfwGuard;
import homelab.resource.UfwOn;
import homelab.resource.UfwRule;
import homelab.resource.UfwRules;
import homelab.resource.UfwStale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** UFW with the rules of the inventory: added before any is taken away, and switched on last. */
public final class FirewallPhase implements Phase {
    private final Map<NodeName, Ip> seenFrom;

    /** For hosts of which nobody knows where they see us come from; then every SSH session there counts as ours. */
    public FirewallPhase() {
        this(Map.of());
    }

    /** @param seenFrom where each host sees us come from */
    public FirewallPhase(Map<NodeName, Ip> seenFrom) {
        this.seenFrom = Map.copyOf(seenFrom);
    }

    @Override
    public String name() {
        return "firewall";
    }

    @Override
    public List<Step> steps(Site site) {
        return site.cluster().nodes().stream()
                .flatMap(node -> resources(node, Openings.of(site.cluster(), node))
                        .map(resource -> new Step(name(), new Target.OnHost(node.name()), resource)))
                .toList();
    }

    private Stream<Resource> resources(Node node, List<UfwRule> rules) {
        Optional<Ip> us = Optional.ofNullable(seenFrom.get(node.name()));
        UfwGuard guard = new UfwGuard(node.name(), Openings.sshPort(node), us);
        return Stream.of(new UfwRules(rules), new UfwStale(rules, guard), new UfwOn(rules, guard));
    }
}
