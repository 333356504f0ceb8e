package homelab.phase;

import homelab.facts.Founding;
import homelab.facts.K3sSettings;
import homelab.facts.K3sState;
import homelab.model.Ip;
import homelab.model.Node;
import java.util.List;
import java.util.Optional;

/**
 * Whom a node joins. Its file keeps the address that it has as long as that can serve, so that a plan does not change
 * with whoever answers first today: once the node is a member k3s no longer cares, before that the server must answer.
 * And a server names another one instead of {@code cluster-init}, so that it could never found a
 * second cluster, should it lose its data.
 */
record Joining(Site site, Node node) {

    /** Whether it is a member of a cluster: k3s then goes on with that one, whatever its settings say. */
    boolean settled() {
        return site.k3sOf(node)
                .filter(k3s ->
                        node.isServer() ? k3s.holdsData() : k3s.caSha256().isPresent())
                .isPresent();
    }

    /** Whether it is the one that makes the cluster, now. */
    boolean founds() {
        return !settled() && site.leader().isEmpty() && founder().equals(node);
    }

    /** The server that the others join. */
    Node founder() {
        Founding founding = site.founding();
        if (founding instanceof Founding.Lives lives) {
            return lives.leader();
        }
        if (founding instanceof Founding.Sleeps sleeps) {
            return sleeps.holders().get(0);
        }
        return founding instanceof Founding.Bare bare ? bare.founder() : ((Founding.Doubtful) founding).founder();
    }

    /** Empty for the one that founds the cluster, and for a server that is alone. */
    Optional<Ip> server() {
        if (founds()) {
            return Optional.empty();
        }
        List<Node> others = site.cluster().servers().stream()
                .filter(server -> !server.name().equals(node.name()))
                .toList();
        return named(others)
                .filter(server -> settled() || answers(server))
                .or(() -> others.stream().filter(founder()::equals).findFirst())
                .or(() -> others.stream().findFirst())
                .map(Node::ip);
    }

    /** Whom the node's file names now. */
    private Optional<Node> named(List<Node> others) {
        Optional<String> address = site.k3sOf(node).map(K3sState::settings).flatMap(K3sSettings::server);
        return others.stream()
                .filter(server -> address.equals(Optional.of(server.ip().toString())))
                .findFirst();
    }

    private boolean answers(Node server) {
        return site.k3sOf(server).filter(K3sState::apiReady).isPresent();
    }
}
