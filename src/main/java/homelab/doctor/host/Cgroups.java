package homelab.doctor.host;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.model.Node;
import homelab.probe.Reading;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** HOST-004: the controllers that the kubelet needs are on, whichever version of cgroups. */
final class Cgroups implements Check {
    private static final List<String> NEEDED = List.of("cpu", "cpuset", "memory", "pids");

    @Override
    public String id() {
        return "HOST-004";
    }

    @Override
    public List<Finding> judge(House house) {
        return house.cluster().nodes().stream().map(node -> judge(house, node)).toList();
    }

    private Finding judge(House house, Node node) {
        String name = node.name().text();
        Reading<Set<String>> on = house.fact(node, facts -> facts.cgroupControllers());
        if (!(on instanceof Reading.Known<Set<String>> known)) {
            return unknown(name, ((Reading.Unknown<Set<String>>) on).why());
        }
        List<String> off =
                NEEDED.stream().filter(one -> !known.value().contains(one)).toList();
        String evidence = "on: " + String.join(" ", new TreeSet<>(known.value()));
        return off.isEmpty()
                ? pass(name, "the cgroups that Kubernetes needs are on").by(evidence)
                : fail(name, "cgroups are off: " + String.join(", ", off))
                        .by(evidence)
                        .fix("homelab bootstrap --only host --node " + name + " --reboot");
    }
}
