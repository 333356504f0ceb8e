package homelab.doctor.host;

import homelab.doctor.Finding;
import homelab.doctor.HostCheck;
import homelab.doctor.House;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.util.List;

/** A check of what only a machine of its own has, and no container: hardware, load, the kernel's own words. */
interface MachineCheck<T> extends HostCheck<T> {

    /** What is not the container's own, for people: "hardware", "kernel log". */
    String whose();

    Finding judgeMachine(House house, Node node, T seen);

    @Override
    default List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(probe(node), Contained.PROBE);
    }

    @Override
    default Finding judge(House house, Node node, T seen) {
        return Contained.is(house, node)
                ? absent(node.name().text(), Contained.WHY + " " + whose())
                : judgeMachine(house, node, seen);
    }
}
