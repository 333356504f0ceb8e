package homelab.resource;

import homelab.model.Ip;
import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Problem;
import java.util.List;

/**
 * The Node of that name, if there is one, is the host that the inventory means. Another machine under a member's name
 * would take its place in the cluster: its Node, its labels, the firewall rules for its address. A host that only got
 * another address is still the same machine.
 *
 * @param machineId of the host, as /etc/machine-id has it; the kubelet tells it to the API
 */
public record NodeIsHost(NodeName node, Ip ip, String machineId) implements Resource {

    @Override
    public String id() {
        return "identity of node " + node;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(NodeList.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(NodeList.PROBE), this::judged);
    }

    private Status judged(NodeList list) {
        return list.node(node)
                .filter(view -> !isSame(view))
                .<Status>map(view -> new Status.Refused(problem(view)))
                .orElse(Status.SAME);
    }

    private boolean isSame(NodeView view) {
        return view.address().isEmpty()
                || view.machineId().equals(machineId)
                || Ip.parse(view.address()).equals(ip);
    }

    private Problem problem(NodeView view) {
        return Problem.of(
                node + ": is a member of the cluster already, under the address " + view.address(),
                "the inventory says " + ip + ", and the host there is another machine",
                "give the new host another name, or correct its address; if the old one is gone for good, remove it"
                        + " first: kubectl delete node " + node);
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }
}
