package homelab.check;

import homelab.model.Cidr;
import homelab.model.NodeName;
import homelab.probe.Reading;
import java.util.Map;
import java.util.Optional;

/** One host, as far as conditions look at it. */
public sealed interface HostView {

    /**
     * @param podSubnet the pod network that flannel gave to the host; none before it has run
     * @param peers the other nodes of the inventory, by how they answer this one's pings
     */
    record Reached(Reading<UnitView> unit, Reading<Optional<Cidr>> podSubnet, Reading<Map<NodeName, PeerView>> peers)
            implements HostView {}

    record Unreachable(String why, String fix) implements HostView {}

    /** The unit of k3s as systemd shows it. @param load "loaded" or "not-found"; @param active "active", "failed" ... */
    record UnitView(String load, String active, String sub) {}

    /**
     * @param lan whether the node's own address answers
     * @param pods whether its address in the pod network answers; none when that address is not known
     */
    record PeerView(boolean lan, Optional<Boolean> pods) {}
}
