package homelab.gate;

import homelab.check.Condition;
import homelab.check.Verdict;
import homelab.doctor.House;
import homelab.facts.Facts;
import homelab.facts.K3sState;
import homelab.model.Node;
import homelab.recovery.Evidence;

/** Whether k3s runs on a host that answers. */
final class Units {
    private Units() {}

    static Sight judge(House house, Node node) {
        String name = node.name().text();
        if (house.reading(node, SandboxesGate.EVIDENCE)
                .known()
                .filter(Units::isFatal)
                .isPresent()) {
            return Sandboxed.classD(node);
        }
        for (Condition condition : house.conditions()) {
            if (condition.name() == Condition.Name.UnitActive
                    && condition.subject().equals(name)) {
                return judge(house, node, condition);
            }
        }
        return Sight.unknown(name, "whether k3s runs was not looked at");
    }

    private static boolean isFatal(Evidence evidence) {
        return evidence.fatal() && !evidence.runtime().equals("answers");
    }

    private static Sight judge(House house, Node node, Condition condition) {
        String name = node.name().text();
        if (condition.verdict() != Verdict.FALSE) {
            return condition.verdict() == Verdict.TRUE
                    ? Sight.pass(name, condition.why())
                    : Sight.unknown(name, condition.why());
        }
        String unit = node.role().unit();
        String active =
                house.fact(node, Facts::k3s).map(K3sState::active).known().orElse("");
        if (active.equals("activating") || active.equals("active")) {
            return Sight.waits(name, unit + " is starting", "on it: sudo journalctl -u " + unit + " -n 50");
        }
        return Sight.broken(name, condition.why(), "on it: sudo systemctl start " + unit);
    }
}
