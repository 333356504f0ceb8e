package homelab.phase;

import homelab.facts.K3sState;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.Role;
import homelab.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What speaks against a change of roles, beside what speaks against a node's leaving.
 *
 * @param site as it is seen
 * @param node whose turn it is; one that a run left in its midst answers as nothing
 * @param to what it is to be
 */
public record RoleGuard(Site site, Node node, Role to) {

    /** etcd needs more than half of its members, so an even one adds a way to fail and no way to survive. */
    public static Optional<Problem> count(Cluster after) {
        int servers = after.servers().size();
        if (servers == 0) {
            return Optional.of(Problem.of(
                    "no server would be left",
                    "the cluster and all that it keeps would end with the last one",
                    "leave one out; if the cluster is to end: homelab reset --all"));
        }
        return servers % 2 == 1
                ? Optional.empty()
                : Optional.of(Problem.of(
                        servers + " servers would be, an even number",
                        "etcd of " + servers + " needs " + (servers / 2 + 1)
                                + " of them, so that it bears no more losses" + " than " + (servers - 1) + " would",
                        "name two nodes at once, or none: 1, 3 or 5 servers"));
    }

    public List<Problem> against() {
        return Stream.of(away(), sqlite()).flatMap(Optional::stream).toList();
    }

    private Optional<Problem> away() {
        List<String> away = site.cluster().servers().stream()
                .filter(server -> !server.equals(node) && isServerNow(server))
                .filter(server -> site.k3sOf(server).filter(K3sState::apiReady).isEmpty())
                .map(server -> server.name().text())
                .toList();
        return away.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        String.join(", ", away) + ": does not answer as a server",
                        "while roles change there is a time in which etcd bears the loss of none",
                        "bring it back first: homelab status tells what is down"));
    }

    /** One that has left and is to come back has no unit. */
    private boolean isServerNow(Node server) {
        return !site.reached(server)
                || site.k3sOf(server)
                        .flatMap(K3sState::unit)
                        .filter(Role.SERVER.unit()::equals)
                        .isPresent();
    }

    private Optional<Problem> sqlite() {
        return EtcdGuard.onSqlite(site)
                .filter(server -> to == Role.SERVER)
                .map(server -> Problem.of(
                        "this cluster keeps its memory in SQLite, which one server has for itself",
                        "k3s of " + server.name() + " was founded without cluster-init",
                        "homelab promote " + server.name() + " --to-etcd moves it to etcd first"));
    }
}
