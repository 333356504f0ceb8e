package homelab.inventory;

import homelab.model.Cidr;
import homelab.model.Ip;
import homelab.model.Role;
import homelab.problem.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What can be said only of all nodes together. */
final class CrossChecks {
    private final Fields root;
    private final Mistakes mistakes;
    private final NodesSection.Nodes nodes;

    private CrossChecks(Fields root, NodesSection.Nodes nodes) {
        this.root = root;
        this.mistakes = root.mistakes();
        this.nodes = nodes;
    }

    static void check(Fields root, Fields k3s, NetworkSection network, NodesSection.Nodes nodes) {
        CrossChecks checks = new CrossChecks(root, nodes);
        checks.servers(k3s);
        checks.addresses();
        network.lan().ifPresent(checks::inside);
        Jumps.check(nodes, checks.mistakes);
    }

    private void servers(Fields k3s) {
        // With a role that could not be read the count would be a guess, and without nodes a second complaint.
        if (nodes.drafts().isEmpty()
                || nodes.drafts().stream().anyMatch(draft -> draft.role().isEmpty())) {
            emptyNodes();
            return;
        }
        long count = nodes.drafts().stream().filter(CrossChecks::isServer).count();
        if (count == 0) {
            mistakes.add(
                    nodes.at(),
                    "no node is a server",
                    "the API and the data of a cluster live on servers",
                    "give one node role: server");
        } else if (count % 2 == 0) {
            mistakes.add(
                    nodes.at(),
                    count + " servers are no better than " + (count - 1),
                    evenWhy(count),
                    "make one an agent, or add another server");
        } else if (count > 1 && isFalse(k3s)) {
            mistakes.add(
                    k3s.place("cluster-init"),
                    count + " servers need cluster-init",
                    "without it the first server keeps its data in SQLite, which no other can join",
                    "remove the line");
        }
    }

    private void emptyNodes() {
        if (nodes.drafts().isEmpty()
                && root.value("nodes").filter(Tree.Pairs.class::isInstance).isPresent()) {
            mistakes.add(
                    nodes.at(),
                    "there are no nodes",
                    "a cluster has at least one server",
                    "add one such as jarvis: {address: 10.0.1.10, role: server}");
        }
    }

    private static String evenWhy(long count) {
        return "etcd needs more than half of its members (a quorum): with " + count + " it survives the loss of "
                + (count - 1) / 2 + ", as with " + (count - 1) + ", and there is one more to fail";
    }

    private static boolean isServer(Draft draft) {
        return draft.role().equals(Optional.of(Role.SERVER));
    }

    private static boolean isFalse(Fields k3s) {
        return k3s.value("cluster-init")
                .filter(tree -> tree instanceof Tree.Text text && text.value().equals("false"))
                .isPresent();
    }

    private void addresses() {
        Map<Optional<Ip>, Draft> byAddress = new HashMap<>();
        Map<Ip, Draft> byIp = new HashMap<>();
        for (Draft draft : nodes.drafts()) {
            Optional<Draft> sameAddress = draft.address().map(address -> byAddress.putIfAbsent(address, draft));
            Optional<Draft> sameIp = draft.ip().map(ip -> byIp.putIfAbsent(ip, draft));
            if (sameAddress.isPresent()) {
                twice(draft, "address", sameAddress.get());
            } else if (sameIp.isPresent()) {
                twice(draft, draft.fields().has("node-ip") ? "node-ip" : "address", sameIp.get());
            }
        }
    }

    private void twice(Draft draft, String key, Draft first) {
        String what = draft.fields().path(key) + " is taken";
        String why = first.fields().path("address") + " on line "
                + first.fields().at().line() + " has the same";
        mistakes.add(draft.fields().place(key), what, why, "each node has an address of its own");
    }

    private void inside(Cidr lan) {
        for (Draft draft : nodes.drafts()) {
            String key = draft.fields().has("node-ip") ? "node-ip" : "address";
            draft.ip()
                    .filter(ip -> !lan.contains(ip))
                    .ifPresent(ip ->
                            outside(draft.fields().place(key), draft.fields().path(key), ip, lan));
        }
    }

    private void outside(Place place, String path, Ip ip, Cidr lan) {
        mistakes.add(
                place,
                path + " is outside the LAN",
                ip + " is not in network.lan " + lan + ", and the firewall opens to that alone",
                "correct one of the two, or give node-ip its address in the LAN");
    }
}
