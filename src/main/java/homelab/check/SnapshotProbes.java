package homelab.check;

import homelab.check.HostView.UnitView;
import homelab.model.Backend;
import homelab.model.Cidr;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Role;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of hosts to judge conditions, in two trips: the second needs addresses that the first one brings.
 *
 * <pre>
 * looks  = each node: Reached(ask(first(node))) or Unreachable
 * looks  = each reached node: Reached(readings and ask(second(cluster, node, looks)))
 * result = Snapshot.of(cluster, now, looks)
 * </pre>
 */
public final class SnapshotProbes {
    private static final Probe<Optional<Cidr>> POD_SUBNET =
            Probe.of("check:pod-subnet", "cat /run/flannel/subnet.env 2>/dev/null || true", SnapshotProbes::podSubnet);

    private SnapshotProbes() {}

    public static List<Probe<?>> first(Node node) {
        List<Probe<?>> probes = new ArrayList<>(List.of(unit(node.role()), POD_SUBNET));
        if (node.isServer()) {
            probes.add(ApiProbes.READY);
        }
        return probes;
    }

    /** Every probe by whose answers {@link Snapshot#of} judges a node, to read kept answers again. */
    public static List<Probe<?>> kept(Node node) {
        return List.of(
                unit(node.role()), POD_SUBNET, PingProbe.READING, ApiProbes.READY, ApiProbes.NODES, ApiProbes.CORE_DNS);
    }

    /** May be empty, and then the trip is not needed. */
    public static List<Probe<?>> second(Cluster cluster, Node node, Map<NodeName, Looked> first) {
        List<Probe<?>> probes = new ArrayList<>();
        if (cluster.nodes().size() > 1) {
            probes.add(PingProbe.of(cluster, node, other -> podAddress(cluster, first, other)));
        }
        if (leader(cluster, first).equals(Optional.of(node.name()))) {
            probes.add(ApiProbes.NODES);
            probes.add(ApiProbes.CORE_DNS);
        }
        return probes;
    }

    /** The first server of the file whose API says that it is ready. */
    public static Optional<NodeName> leader(Cluster cluster, Map<NodeName, Looked> looks) {
        return cluster.servers().stream()
                .map(Node::name)
                .filter(name -> readings(looks, name)
                        .flatMap(readings -> readings.of(ApiProbes.READY).known())
                        .orElse(false))
                .findFirst();
    }

    static Optional<Readings> readings(Map<NodeName, Looked> looks, NodeName name) {
        return looks.get(name) instanceof Looked.Reached reached ? Optional.of(reached.readings()) : Optional.empty();
    }

    static HostView host(Node node, Looked look) {
        if (look instanceof Looked.Reached reached) {
            Readings readings = reached.readings();
            return new HostView.Reached(
                    readings.of(unit(node.role())), readings.of(POD_SUBNET), readings.of(PingProbe.READING));
        }
        Looked.Unreachable unreachable = (Looked.Unreachable) look;
        return new HostView.Unreachable(unreachable.why(), unreachable.fix());
    }

    private static Probe<UnitView> unit(Role role) {
        return Probe.of(
                "check:unit",
                "systemctl show --property=LoadState --property=ActiveState --property=SubState " + role.unit(),
                SnapshotProbes::unitView);
    }

    private static UnitView unitView(Answer answer) {
        Map<String, String> values = Lines.values(answer);
        return new UnitView(
                values.getOrDefault("LoadState", "not-found"),
                values.getOrDefault("ActiveState", "unknown"),
                values.getOrDefault("SubState", "unknown"));
    }

    /** flannel writes {@code FLANNEL_SUBNET=10.42.1.1/24}: its bridge's address, not the network's. */
    private static Optional<Cidr> podSubnet(Answer answer) {
        return Optional.ofNullable(Lines.values(answer).get("FLANNEL_SUBNET")).map(SnapshotProbes::network);
    }

    private static Cidr network(String text) {
        int slash = text.indexOf('/');
        Ip ip = Ip.parse(text.substring(0, slash));
        int bits = Integer.parseInt(text.substring(slash + 1));
        byte[] raw = ip.address().getAddress();
        int free = raw.length * 8 - bits;
        return new Cidr(ip(new BigInteger(1, raw).shiftRight(free).shiftLeft(free), raw.length), bits);
    }

    /** The tunnel's end has the network's own address; without a tunnel there is only the bridge, one above it. */
    private static Optional<Ip> podAddress(Cluster cluster, Map<NodeName, Looked> looks, Node other) {
        int above = cluster.k3s().backend() == Backend.HOST_GW ? 1 : 0;
        return readings(looks, other.name())
                .flatMap(readings -> readings.of(POD_SUBNET).known())
                .flatMap(subnet -> subnet)
                .map(subnet -> plus(subnet.base(), above));
    }

    private static Ip plus(Ip ip, int above) {
        byte[] raw = ip.address().getAddress();
        return ip(new BigInteger(1, raw).add(BigInteger.valueOf(above)), raw.length);
    }

    private static Ip ip(BigInteger number, int bytes) {
        byte[] raw = new byte[bytes];
        byte[] digits = number.toByteArray();
        int length = Math.min(digits.length, bytes);
        System.arraycopy(digits, digits.length - length, raw, bytes - length, length);
        try {
            return new Ip(InetAddress.getByAddress(raw));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e); // only for a wrong length
        }
    }
}
