package homelab.phase;

import homelab.facts.K3sState;
import homelab.model.Node;
import homelab.probe.Reading;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What speaks against making hosts what they were: another cluster's host, the only server of a cluster that lives, one
 * that etcd cannot do without, and what could not be seen.
 *
 * @param nodes these
 * @param all whether the cluster goes with them
 * @param kubeconfigCa the CA that this machine knows the cluster by
 * @param members those of them that a server which answers has as nodes
 * @param voters how many members that server's etcd counts
 */
public record ResetGuard(
        Site site,
        List<Node> nodes,
        boolean all,
        Optional<String> kubeconfigCa,
        Set<Node> members,
        Optional<Integer> voters) {
    private static final int SHORT = 12;

    public ResetGuard {
        nodes = List.copyOf(nodes);
        members = Set.copyOf(members);
    }

    public List<Problem> against() {
        List<Problem> against = new ArrayList<>();
        nodes.stream().filter(site::reached).forEach(node -> {
            unseen(node).ifPresent(against::add);
            foreign(node).ifPresent(against::add);
            if (!all && node.isServer()) {
                server(node).ifPresent(against::add);
            }
        });
        return against;
    }

    /** Of all that the hosts know; more than one when some are another cluster's. */
    public Optional<String> ca() {
        return kubeconfigCa.or(() -> site.leader().flatMap(this::ca)).or(this::only);
    }

    private Optional<String> ca(Node node) {
        return site.k3sOf(node).flatMap(K3sState::caSha256);
    }

    private Optional<String> only() {
        Set<String> known = site.cluster().nodes().stream()
                .flatMap(node -> ca(node).stream())
                .collect(Collectors.toSet());
        return known.size() == 1 ? known.stream().findFirst() : Optional.empty();
    }

    private Optional<Problem> unseen(Node node) {
        return site.factsOf(node).k3s() instanceof Reading.Unknown<K3sState> unknown
                ? Optional.of(Problem.of(
                        node.name() + ": what it has of k3s could not be looked at",
                        unknown.why(),
                        "mend that first: whose cluster it is decides whether it may be reset"))
                : Optional.empty();
    }

    private Optional<Problem> foreign(Node node) {
        Optional<String> has = ca(node);
        if (has.isEmpty() || has.equals(ca())) {
            return Optional.empty();
        }
        String wanted = ca().map(sum ->
                        "this one's CA is " + brief(sum) + (kubeconfigCa.isPresent() ? ", by your kubeconfig" : ""))
                .orElse("the hosts know several, and nobody says which is this one's");
        return Optional.of(Problem.of(
                node.name() + ": belongs to another cluster",
                "its CA is " + brief(has.get()) + ", " + wanted,
                kubeconfigCa.isPresent()
                        ? "correct its address in the inventory; if your kubeconfig is what is out of date: "
                                + "homelab kubeconfig --replace-context"
                        : "correct its address in the inventory, or reset it with the inventory of its own cluster"));
    }

    private static String brief(String sum) {
        return "sha256 " + sum.substring(0, Math.min(SHORT, sum.length()));
    }

    private Optional<Problem> server(Node node) {
        if (ca(node).isEmpty() && !site.k3sOf(node).map(K3sState::holdsData).orElse(false)) {
            return Optional.empty();
        }
        if (site.cluster().servers().size() == 1) {
            return Optional.of(Problem.of(
                    node.name() + ": is the only server of " + site.cluster().name(),
                    "the whole cluster and all that it keeps would go with it",
                    "homelab reset --all, if that is what is wanted"));
        }
        return members.contains(node) ? new ServerLeaves(site, nodes, voters).against(node) : Optional.empty();
    }
}
