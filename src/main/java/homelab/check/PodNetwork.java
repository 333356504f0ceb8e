package homelab.check;

import homelab.check.Condition.Name;
import homelab.check.HostView.PeerView;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the pods of a node reach those of each other node: judged by pings between the ends of the overlay. */
final class PodNetwork {
    private final Cluster cluster;
    private final Node node;
    private final List<String> lost = new ArrayList<>();
    private final List<String> unseen = new ArrayList<>();
    private boolean lanLost;

    private PodNetwork(Cluster cluster, Node node) {
        this.cluster = cluster;
        this.node = node;
    }

    /** Nothing for a node that is alone, and for a network that is not flannel's. */
    static Optional<Condition> judge(Cluster cluster, Node node, Snapshot snapshot) {
        if (cluster.nodes().size() < 2 || cluster.k3s().backend() == Backend.NONE) {
            return Optional.empty();
        }
        return Optional.of(new PodNetwork(cluster, node).judge(snapshot));
    }

    private Condition judge(Snapshot snapshot) {
        if (!(snapshot.hosts().get(node.name()) instanceof HostView.Reached host)) {
            return unknown("the host could not be looked at");
        }
        if (host.peers() instanceof Reading.Unknown<Map<NodeName, PeerView>> unknown) {
            return unknown(unknown.why());
        }
        if (host.podSubnet().known().flatMap(subnet -> subnet).isEmpty()) {
            return unknown("it has no pod network yet (/run/flannel/subnet.env)");
        }
        Map<NodeName, PeerView> peers = ((Reading.Known<Map<NodeName, PeerView>>) host.peers()).value();
        for (Node other : cluster.nodes()) {
            if (!other.name().equals(node.name())) {
                look(other, Optional.ofNullable(peers.get(other.name())), snapshot);
            }
        }
        return verdict();
    }

    private void look(Node other, Optional<PeerView> peer, Snapshot snapshot) {
        String pair = node.name() + " -> " + other.name();
        if (peer.isEmpty() || !(snapshot.hosts().get(other.name()) instanceof HostView.Reached)) {
            unseen.add(other.name() + " could not be looked at");
        } else if (!peer.get().lan()) {
            lanLost = true;
            lost.add(pair + " (nor does " + other.ip() + " answer on the LAN)");
        } else if (peer.get().pods().isEmpty()) {
            unseen.add(other.name() + " has no pod network yet");
        } else if (!peer.get().pods().get()) {
            lost.add(pair + " (" + other.ip() + " answers on the LAN)");
        }
    }

    private Condition verdict() {
        if (!lost.isEmpty()) {
            return Condition.bad(
                    Name.PodNetwork, subject(), "no answer over the pod network: " + told(lost) + asIf(), fix());
        }
        return unseen.isEmpty()
                ? Condition.ok(Name.PodNetwork, subject(), "every other node answers over the pod network")
                : unknown(told(unseen));
    }

    private String asIf() {
        Backend backend = cluster.k3s().backend();
        return lanLost || backend.udpPort() == 0 ? "" : ", as if " + port() + " were closed";
    }

    private String fix() {
        if (lanLost) {
            return "look at the cable, the switch and the firewall between the nodes";
        }
        Backend backend = cluster.k3s().backend();
        return backend.udpPort() == 0
                ? "look at the routes to the pod networks: ip route"
                : "open " + port() + " between these nodes: homelab bootstrap";
    }

    private String port() {
        return cluster.k3s().backend().udpPort() + "/udp ("
                + cluster.k3s().backend().word() + ")";
    }

    private Condition unknown(String why) {
        return Condition.unknown(Name.PodNetwork, subject(), why, "");
    }

    private String subject() {
        return node.name().text();
    }

    private static String told(List<String> reasons) {
        return String.join(", ", reasons);
    }
}
