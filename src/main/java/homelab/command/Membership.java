package homelab.command;

import homelab.host.Host;
import homelab.host.Script;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.run.Look;
import java.util.List;

/** Whether a host that is to join is in the cluster already, and as whom. */
final class Membership {

    private Membership() {}

    /** @throws Failure with exit REFUSED when a Node of that name is there with another address */
    static void refuseOtherAddress(Host leader, Node node) {
        Probe<String> address = Probe.text("address of " + node.name(), script(node));
        Look.at(leader, List.of(address), Script.As.ROOT)
                .of(address)
                .known()
                .filter(known -> !known.isEmpty() && !known.equals(node.ip().toString()))
                .ifPresent(known -> {
                    throw new Failure(Exit.REFUSED, other(node, known));
                });
    }

    private static String script(Node node) {
        return Probe.LIFTED + "k3s kubectl get node " + node.name()
                + " -o jsonpath='{.status.addresses[?(@.type==\"InternalIP\")].address}' 2>/dev/null";
    }

    private static Problem other(Node node, String known) {
        return Problem.of(
                node.name() + ": is a member of the cluster already, under the address " + known,
                "the inventory says " + node.ip() + "; two hosts of one name would fight over the Node",
                "correct the address in the inventory, give the new host another name, or remove the old member first");
    }
}
