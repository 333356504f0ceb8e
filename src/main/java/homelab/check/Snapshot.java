package homelab.check;

import homelab.model.Cluster;
import homelab.model.NodeName;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that conditions are judged by, seen at one moment. Can be kept as JSON and judged again elsewhere.
 *
 * @param at our own clock when looking began
 * @param hosts by node; a node that is missing was not looked at
 */
public record Snapshot(Instant at, Map<NodeName, HostView> hosts, ApiView api) {

    public Snapshot {
        hosts = Map.copyOf(hosts);
    }

    /** Puts together what both trips of {@link SnapshotProbes} brought. */
    public static Snapshot of(Cluster cluster, Instant at, Map<NodeName, Looked> looks) {
        Map<NodeName, HostView> hosts = new TreeMap<>();
        looks.forEach((name, look) ->
                cluster.node(name).ifPresent(node -> hosts.put(name, SnapshotProbes.host(node, look))));
        return new Snapshot(at, hosts, api(cluster, looks));
    }

    private static ApiView api(Cluster cluster, Map<NodeName, Looked> looks) {
        Optional<NodeName> leader = SnapshotProbes.leader(cluster, looks);
        if (leader.isPresent() && looks.get(leader.get()) instanceof Looked.Reached reached) {
            Readings readings = reached.readings();
            return new ApiView(
                    readings.of(ApiProbes.READY), readings.of(ApiProbes.NODES), readings.of(ApiProbes.CORE_DNS));
        }
        return noLeader(cluster, looks);
    }

    /** Not ready when all servers that were asked say no; unknown when none could be asked. */
    private static ApiView noLeader(Cluster cluster, Map<NodeName, Looked> looks) {
        boolean refused = cluster.servers().stream()
                .flatMap(node -> SnapshotProbes.readings(looks, node.name()).stream())
                .anyMatch(readings -> readings.of(ApiProbes.READY).known().isPresent());
        ApiView none = ApiView.unknown("the API does not answer on any server");
        return refused ? new ApiView(new Reading.Known<>(false), none.nodes(), none.coreDns()) : serversUnseen();
    }

    private static ApiView serversUnseen() {
        return ApiView.unknown("no server could be looked at");
    }
}
