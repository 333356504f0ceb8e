package homelab.adopt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Roles for hosts that have none yet, with reasons, written as an inventory. */
public final class Proposal {
    private static final Comparator<Candidate> BEST = Comparator.comparing((Candidate one) -> !one.canServe())
            .thenComparing(Comparator.comparing(Candidate::disk).reversed())
            .thenComparing(Comparator.comparing(Candidate::memoryBytes).reversed())
            .thenComparing(Candidate::name)
            .thenComparing(one -> one.address().toString());

    private Proposal() {}

    /** Three where three are good for it, since two are worse than one; else the best one. */
    static List<Candidate> servers(List<Candidate> hosts) {
        List<Candidate> sorted = hosts.stream().sorted(BEST).toList();
        boolean three = sorted.stream().filter(Candidate::canServe).count() >= 3;
        return sorted.subList(0, Math.min(three ? 3 : 1, sorted.size()));
    }

    /**
     * @param version the release to begin with
     * @param login lines of {@code ssh:} and {@code defaults:}
     * @param hosts not empty
     */
    public static String text(String cluster, String version, String login, List<Candidate> hosts) {
        List<Candidate> servers = servers(hosts);
        List<String> lines = new ArrayList<>(List.of(
                "# Written by homelab init after a look at " + hosts.size()
                        + " host(s). Roles are a proposal: change them as you like.",
                "# " + why(servers, hosts),
                "# Every key and its default: docs/reference/inventory.md",
                "cluster: " + cluster,
                "",
                "network:",
                "  lan: " + servers.get(0).lan().orElse(servers.get(0).address() + "/32") + "   # of "
                        + servers.get(0).name() + "'s address",
                "",
                "k3s:",
                "  version: " + version + "   # an exact release, so that a second run does what the first did",
                "",
                login.stripTrailing(),
                "",
                "nodes:"));
        Set<String> names = new HashSet<>();
        hosts.stream()
                .sorted(Comparator.comparing((Candidate one) -> !servers.contains(one))
                        .thenComparing(BEST))
                .forEach(host -> lines.add(line(host, servers.contains(host), names)));
        return String.join("\n", lines) + "\n";
    }

    private static String why(List<Candidate> servers, List<Candidate> hosts) {
        if (servers.size() == 3) {
            return "Three servers: they have memory and a disk that etcd can wait for, and the cluster outlives one of them.";
        }
        return hosts.size() == 1
                ? "One host, so it is the server."
                : "One server, the one with the best disk and most memory: two would stop together, and three good ones are not there.";
    }

    private static String line(Candidate host, boolean server, Set<String> names) {
        String name = names.add(host.name())
                ? host.name()
                : "node-" + host.address().toString().replaceAll("[.:]+", "-");
        return "  " + name + ": {address: "
                + YamlWords.quoted(host.address().toString()) + ", role: " + (server ? "server" : "agent")
                + "}   # " + host.told();
    }
}
