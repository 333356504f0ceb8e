package homelab.doctor.pod;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** POD-003: what was promised to pods is there, and what they may take is not many times that. */
final class MemoryBudget implements ApiCheck {
    private static final long REQUESTS_WARN = 80;
    private static final long REQUESTS_FAIL = 95;
    private static final long LIMITS_WARN = 150;
    private static final long LIMITS_FAIL = 250;
    private static final long MIB = 1 << 20;

    @Override
    public String id() {
        return "POD-003";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Objects.NODES, Objects.PODS);
    }

    @Override
    public List<Finding> found(House house) {
        Map<String, List<Pod>> byNode = Pod.alive(house).stream().collect(Collectors.groupingBy(Pod::node));
        List<Item> nodes = Item.of(house, Objects.NODES);
        List<Finding> findings = new ArrayList<>();
        nodes.forEach(node -> findings.add(judge(node, byNode.getOrDefault(node.name(), List.of()))));
        new NodeLoss(nodes, byNode)
                .tight()
                .ifPresent(tight -> findings.add(warn("cluster", tight.what())
                        .by(tight.evidence())
                        .concluded()
                        .fix("kubectl top pods -A shows what pods really use: lower requests, or add a node")));
        return orPass(findings, "there are no Nodes");
    }

    private Finding judge(Item node, List<Pod> pods) {
        Optional<Long> allocatable = node.quantity("status.allocatable.memory").filter(bytes -> bytes > 0);
        if (allocatable.isEmpty()) {
            return unknown(node.name(), "its memory is not told");
        }
        long requests = percent(pods, "requests", allocatable.get());
        long limits = percent(pods, "limits", allocatable.get());
        String seen = "of " + allocatable.get() / MIB + " MiB, " + requests + " % are requested (warns above "
                + REQUESTS_WARN + ", fails above " + REQUESTS_FAIL + "), limits come to " + limits + " % ("
                + LIMITS_WARN
                + ", " + LIMITS_FAIL + ")";
        String fix = "kubectl describe node " + node.name() + " shows who asks for it; lower requests or move pods";
        if (requests > REQUESTS_FAIL || limits > LIMITS_FAIL) {
            return fail(node.name(), what(requests > REQUESTS_FAIL)).by(seen).fix(fix);
        }
        return requests > REQUESTS_WARN || limits > LIMITS_WARN
                ? warn(node.name(), what(requests > REQUESTS_WARN)).by(seen).fix(fix)
                : pass(node.name(), "has memory for what its pods asked for").by(seen);
    }

    private static String what(boolean requested) {
        return requested ? "its memory is nearly all promised" : "its pods may take far more memory than there is";
    }

    private static long percent(List<Pod> pods, String of, long allocatable) {
        double sum = pods.stream().mapToDouble(pod -> pod.memory(of)).sum();
        return (long) (sum * 100 / allocatable);
    }
}
