package homelab.gate;

import homelab.doctor.House;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.recovery.Decision;
import homelab.recovery.Evidence;
import homelab.recovery.Judgement;
import homelab.recovery.Scripts;
import homelab.recovery.Wish;
import java.util.List;

/** Gate 6: nothing that dead pods left bars one that is to start, judged as {@code recover-sandboxes} does. */
final class SandboxesGate implements Look {
    static final Probe<Evidence> EVIDENCE = Scripts.evidence();

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(EVIDENCE);
    }

    @Override
    public List<Sight> judge(House house) {
        return Look.ofNodes(
                house, node -> Look.of(node, house.reading(node, EVIDENCE), evidence -> judge(node, evidence)));
    }

    static List<Judgement> decided(Evidence evidence) {
        return Decision.of(evidence, Wish.NONE);
    }

    private static Sight judge(Node node, Evidence evidence) {
        String name = node.name().text();
        if (!evidence.runtime().equals("answers")) {
            return unanswered(node, evidence);
        }
        if (!evidence.isSeen()) {
            return Sight.unknown(name, "not all could be seen that tells what is alive");
        }
        return Sandboxed.inTheWay(name, decided(evidence))
                .orElseGet(() -> Sight.pass(name, "nothing that dead pods left bars one"));
    }

    private static Sight unanswered(Node node, Evidence evidence) {
        String name = node.name().text();
        if (evidence.fatal()) {
            return Sandboxed.classD(node);
        }
        return evidence.runtime().equals("hangs")
                ? Sight.waits(
                        name,
                        "containerd runs, and does not answer",
                        "on it: sudo systemctl restart " + node.role().unit() + "; its pods run on meanwhile")
                : Sight.unknown(name, "containerd does not run");
    }
}
