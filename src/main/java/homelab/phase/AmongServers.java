package homelab.phase;

import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.resource.EtcdMember;
import homelab.resource.NodeCondition;
import homelab.resource.Resource;
import homelab.resource.RollingRestart;
import java.util.ArrayList;
import java.util.List;

/** What a server owes to the others: it is away only while they keep the quorum, and in the end etcd counts on it again. */
record AmongServers(Cluster cluster) {

    /** @param restart what may start k3s of this server again */
    Resource restarting(Resource restart, Node server) {
        List<Ip> all = cluster.servers().stream().map(Node::ip).toList();
        return all.size() > 1 ? new RollingRestart(restart, server.name(), server.ip(), all) : restart;
    }

    /** What must be so before the next server is begun, asked of the server itself; nothing where there is no etcd. */
    List<Resource> gates(Node server) {
        boolean several = cluster.servers().size() > 1;
        List<Resource> gates = new ArrayList<>();
        if (several || cluster.k3s().clusterInit()) {
            gates.add(NodeCondition.voter(server.name()));
        }
        if (several) {
            gates.add(new EtcdMember(server.name(), server.ip()));
        }
        return gates;
    }
}
