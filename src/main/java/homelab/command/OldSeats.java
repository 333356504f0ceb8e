package homelab.command;

import homelab.facts.Facts;
import homelab.facts.K3sState;
import homelab.host.Host;
import homelab.host.Script;
import homelab.model.Node;
import homelab.phase.SeatPhases;
import homelab.plan.Finding;
import homelab.probe.Readings;
import homelab.resource.EtcdMembers;
import homelab.resource.NodeList;
import homelab.resource.NodeView;
import homelab.run.Look;
import java.util.List;
import java.util.Optional;

/**
 * Hosts that join under the names of Nodes that they were in an earlier life.
 *
 * @param seats what is to be done for them
 * @param findings what there is to say of it
 */
record OldSeats(SeatPhases seats, List<Finding> findings) {

    static OldSeats of(Job job, Node leader, List<Node> joining) {
        Host server = job.workshop().fleet().host(leader.name());
        Readings told = Look.at(server, List.of(NodeList.PROBE, EtcdMembers.PROBE), Script.As.ROOT);
        List<Node> anew = joining.stream()
                .filter(node ->
                        isAnew(job, node, told.of(NodeList.PROBE).known().flatMap(list -> list.node(node.name()))))
                .toList();
        SeatPhases seats = new SeatPhases(leader, anew);
        Optional<Integer> voters = told.of(EtcdMembers.PROBE).known().map(EtcdMembers::voters);
        return new OldSeats(seats, seats.findings(job.workshop().site(), voters));
    }

    /** All three must say so; else the seat is taken, and the plan refuses it. */
    private static boolean isAnew(Job job, Node node, Optional<NodeView> seat) {
        Optional<String> machine = Optional.ofNullable(job.workshop().facts().get(node.name()))
                .map(Facts::machineId)
                .flatMap(reading -> reading.known());
        boolean bare =
                job.workshop().site().k3sOf(node).filter(OldSeats::hasNothing).isPresent();
        return bare
                && machine.isPresent()
                && seat.filter(view -> !view.machineId().isEmpty()
                                && !view.machineId().equals(machine.get())
                                && !view.is("Ready"))
                        .isPresent();
    }

    private static boolean hasNothing(K3sState k3s) {
        return !k3s.holdsData() && !k3s.password() && k3s.caSha256().isEmpty();
    }
}
