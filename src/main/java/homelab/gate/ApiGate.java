package homelab.gate;

import homelab.check.Condition;
import homelab.doctor.House;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import java.util.List;

/** Gate 2: a server says that its API is ready. */
final class ApiGate implements Look {

    /** The checks that fail, e.g. "etcd, poststarthook/rbac/bootstrap-roles" (Kubernetes, "API health endpoints"). */
    static final Probe<List<String>> FAILING = ApiReads.probe("gate:readyz", "/readyz?verbose", ApiGate::failing);

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return node.isServer() ? List.of(FAILING) : List.of();
    }

    private static List<String> failing(Answer answer) {
        return answer.text()
                .lines()
                .filter(line -> line.startsWith("[-]"))
                .map(line -> line.substring(3).split(" ", 2)[0])
                .toList();
    }

    @Override
    public List<Sight> judge(House house) {
        return house.conditions().stream()
                .filter(condition -> condition.name() == Condition.Name.ApiReady)
                .map(condition -> judge(house, condition))
                .toList();
    }

    private static Sight judge(House house, Condition condition) {
        return switch (condition.verdict()) {
            case TRUE -> Sight.pass("cluster", condition.why());
            case UNKNOWN -> Sight.unknown("cluster", condition.why());
            case FALSE -> Sight.waits("cluster", condition.why() + told(house), condition.fix());
        };
    }

    private static String told(House house) {
        List<String> failing = house.cluster().servers().stream()
                .flatMap(server -> house.reading(server, FAILING).known().stream())
                .flatMap(List::stream)
                .distinct()
                .toList();
        return failing.isEmpty() ? "" : "; what is not well: " + Words.few(failing);
    }
}
