package homelab.report;

import homelab.doctor.net.Reachability;
import homelab.model.NodeName;
import homelab.resource.UfwRule;
import homelab.resource.UfwSeen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The firewall of hosts, and who reaches what: {@code homelab/firewall/v1}. */
public final class FirewallJson {
    private FirewallJson() {}

    public static String of(Map<NodeName, UfwSeen> seen, Reachability reached) {
        List<Object> hosts = new ArrayList<>();
        seen.forEach((node, host) -> hosts.add(host(node, host)));
        return Json.document(
                "firewall/v1",
                Map.of(
                        "hosts",
                        hosts,
                        "ways",
                        reached.ways().stream().map(FirewallJson::way).toList()));
    }

    /** What could not be looked at has no key. */
    private static Map<String, Object> host(NodeName node, UfwSeen host) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("node", node.text());
        host.state().known().ifPresent(state -> {
            told.put("installed", !state.incoming().equals("absent"));
            told.put("on", state.loaded());
            told.put("atBoot", state.atBoot());
            told.put("incoming", state.incoming());
            told.put("outgoing", state.outgoing());
            told.put("routed", state.routed());
        });
        host.rules()
                .known()
                .ifPresent(rules ->
                        told.put("rules", rules.stream().map(FirewallJson::rule).toList()));
        host.beside().known().ifPresent(lines -> told.put("notes", lines));
        return told;
    }

    private static Map<String, Object> rule(UfwRule rule) {
        return Map.of("rule", rule.text(), "ours", rule.ours());
    }

    private static Map<String, Object> way(Reachability.Way way) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("from", way.door().from());
        told.put("to", way.door().to());
        told.put("port", way.door().port());
        told.put("protocol", way.door().kind());
        told.put("why", way.door().why());
        told.put("state", FirewallText.word(Optional.of(way.state())));
        return told;
    }
}
