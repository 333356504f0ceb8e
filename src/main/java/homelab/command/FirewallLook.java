package homelab.command;

import homelab.host.Script;
import homelab.model.NodeName;
import homelab.resource.UfwSeen;
import homelab.run.Look;
import homelab.run.Parallel;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the hosts that answer have for a firewall. */
record FirewallLook(Workshop workshop) {

    Map<NodeName, UfwSeen> seen() {
        Map<NodeName, UfwSeen> seen = new LinkedHashMap<>();
        Parallel.allOrFail(Parallel.each(
                        workshop.reached(),
                        node -> UfwSeen.of(
                                Look.at(workshop.fleet().host(node.name()), UfwSeen.probes(), Script.As.ROOT))))
                .forEach((node, found) -> seen.put(node.name(), found));
        return seen;
    }
}
