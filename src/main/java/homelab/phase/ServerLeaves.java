package homelab.phase;

import homelab.facts.K3sState;
import homelab.model.Node;
import homelab.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Whether etcd can do without one of several servers: those that are left must be a quorum of what is left.
 *
 * @param nodes all that are to leave
 * @param voters how many etcd counts now; empty when nobody could tell
 */
record ServerLeaves(Site site, List<Node> nodes, Optional<Integer> voters) {

    Optional<Problem> against(Node server) {
        if (nodes.stream().filter(Node::isServer).count() > 1) {
            return Optional.of(problem(
                    server,
                    "several servers at once would leave too few to agree on each of them",
                    "homelab reset " + server.name() + ", then the next"));
        } else if (voters.isEmpty()) {
            return Optional.of(problem(
                    server, "no other server tells the members of etcd", "homelab status tells which are down"));
        }
        int left = voters.get() - 1;
        int needed = left / 2 + 1;
        long answering = site.cluster().servers().stream()
                .filter(other -> !other.equals(server))
                .filter(other -> site.k3sOf(other).filter(K3sState::apiReady).isPresent())
                .count();
        return answering >= needed
                ? Optional.empty()
                : Optional.of(problem(
                        server,
                        answering + " of the " + left + " members that are left would answer, and " + needed
                                + " are needed",
                        "bring the other servers back first: homelab status tells which are down"));
    }

    private static Problem problem(Node server, String why, String fix) {
        return Problem.of(server.name() + ": etcd cannot do without it now", why, fix);
    }
}
