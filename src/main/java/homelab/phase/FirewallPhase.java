package homelab.phase;

import homelab.model.Node;
import homelab.phase.firewall.Openings;
import homelab.phase.firewall.WayBack;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Packages;
import homelab.resource.Resource;
import homelab.resource.UfwGuard;
import homelab.resource.UfwOn;
import homelab.resource.UfwRule;
import homelab.resource.UfwRules;
import homelab.resource.UfwSix;
import homelab.resource.UfwStale;
import java.util.List;
import java.util.stream.Stream;

/**
 * UFW with the rules of the inventory: a way back first, then rules added before any is taken away, and switched on last.
 *
 * @param alone whether no phase before has brought UFW itself
 */
public record FirewallPhase(boolean alone) implements Phase {

    public FirewallPhase() {
        this(false);
    }

    @Override
    public String name() {
        return "firewall";
    }

    @Override
    public List<Step> steps(Site site) {
        return site.cluster().nodes().stream()
                .flatMap(node -> resources(site, node, Openings.of(site.cluster(), node))
                        .map(resource -> new Step(name(), new Target.OnHost(node.name()), resource)))
                .toList();
    }

    private Stream<Resource> resources(Site site, Node node, List<UfwRule> rules) {
        UfwGuard guard = new UfwGuard(node.name(), Openings.sshPort(node));
        Stream<Resource> own = Stream.of(
                        Stream.of(WayBack.resource()),
                        UfwSix.isNeededBy(rules) ? Stream.of(new UfwSix()) : Stream.<Resource>empty(),
                        Stream.of(new UfwRules(rules), new UfwStale(rules, guard), new UfwOn(rules, guard)))
                .flatMap(some -> some);
        return alone ? Stream.concat(Stream.of(programs(site)), own) : own;
    }

    private static Resource programs(Site site) {
        return new Packages(List.of("iptables", "ufw"), site.outward().environment());
    }
}
