package homelab.gate;

import homelab.doctor.House;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.recovery.Evidence;
import homelab.recovery.Judgement;
import homelab.recovery.Leftover;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Dead sandboxes that bar pods on a node. Evidence is asked for again before anything is removed, and the host counts
 * removals since its boot: after two the same pod is left.
 *
 * @param judged what goes
 */
public record Barred(NodeName node, List<Judgement> judged) implements Repair {

    public Barred {
        judged = List.copyOf(judged);
    }

    static Stream<Barred> find(House house) {
        return house.cluster().nodes().stream().flatMap(node -> find(house, node).stream());
    }

    private static Optional<Barred> find(House house, Node node) {
        return house.reading(node, SandboxesGate.EVIDENCE)
                .known()
                .filter(evidence -> evidence.isSeen() && evidence.runtime().equals("answers"))
                .map(Barred::goes)
                .filter(goes -> goes.stream().anyMatch(Sandboxed::bars))
                .map(goes -> new Barred(node.name(), goes));
    }

    /** What bars, and notes of CNI's that keep it from being removed; the rest bars nobody and is not touched here. */
    private static List<Judgement> goes(Evidence evidence) {
        return SandboxesGate.decided(evidence).stream()
                .filter(Judgement::acts)
                .filter(one -> Sandboxed.bars(one)
                        || one instanceof Judgement.OfLeftover of && of.leftover() instanceof Leftover.Cache)
                .toList();
    }

    @Override
    public Gate gate() {
        return Gate.SANDBOXES;
    }

    @Override
    public String title() {
        return "remove dead sandboxes of " + node;
    }
}
