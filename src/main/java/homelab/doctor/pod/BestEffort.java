package homelab.doctor.pod;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** POD-001: every container says how much memory it needs and may take. One finding for each namespace. */
final class BestEffort implements ApiCheck {

    @Override
    public String id() {
        return "POD-001";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Objects.PODS);
    }

    @Override
    public List<Finding> found(House house) {
        Map<String, List<Pod>> byNamespace = Pod.alive(house).stream()
                .filter(pod -> !pod.isOfK3s())
                .collect(Collectors.groupingBy(Pod::namespace, TreeMap::new, Collectors.toList()));
        List<Finding> findings = new ArrayList<>();
        byNamespace.forEach((namespace, pods) -> findings.add(judge(namespace, pods)));
        return orPass(findings, "no pods but those of k3s");
    }

    private Finding judge(String namespace, List<Pod> pods) {
        Set<String> none = new TreeSet<>();
        Set<String> open = new TreeSet<>();
        pods.forEach(pod -> sort(pod, none, open));
        open.removeAll(none);
        String subject = "Namespace " + namespace;
        if (none.isEmpty() && open.isEmpty()) {
            return pass(subject, "its containers say how much memory they need and may take");
        }
        List<String> evidence = new ArrayList<>();
        none.forEach(owner -> evidence.add(owner + ": requests and limits nothing (BestEffort)"));
        open.forEach(owner -> evidence.add(owner + ": a container without a memory limit"));
        String first = evidence.get(0).substring(0, evidence.get(0).indexOf(": "));
        String what = none.isEmpty()
                ? open.size() + " of its workloads may take all memory of a node"
                : none.size() + " of its workloads are the first to be killed when memory runs short (BestEffort)";
        return warn(subject, what)
                .by(evidence)
                .fix("kubectl -n " + namespace + " set resources " + first
                        + " --requests=memory=64Mi --limits=memory=256Mi; for a chart, in its values");
    }

    private static void sort(Pod pod, Set<String> none, Set<String> open) {
        if (pod.item().is("status.qosClass", "BestEffort")) {
            none.add(pod.owner());
        } else if (pod.containers().stream()
                .anyMatch(one -> one.text("resources.limits.memory").isEmpty())) {
            open.add(pod.owner());
        }
    }
}
