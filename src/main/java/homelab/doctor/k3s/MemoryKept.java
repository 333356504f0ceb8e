package homelab.doctor.k3s;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.model.Node;
import java.util.ArrayList;
import java.util.List;

/** K3S-006: a node short of memory puts pods out in time, and servers keep some for themselves. */
final class MemoryKept implements KubeletCheck {
    private static final String SIGNAL = "memory.available";

    @Override
    public String id() {
        return "K3S-006";
    }

    @Override
    public Finding judge(House house, Node node, JsonNode settings) {
        String name = node.name().text();
        boolean evicts = settings.path("evictionHard").has(SIGNAL)
                || settings.path("evictionSoft").has(SIGNAL);
        boolean keeps = settings.path("kubeReserved").has("memory")
                || settings.path("systemReserved").has("memory");
        List<String> seen = List.of(
                told(settings, "evictionHard"), told(settings, "kubeReserved"), told(settings, "systemReserved"));
        String fix =
                "k3s.kubelet-args: [eviction-hard=memory.available<100Mi,nodefs.available<5%,imagefs.available<5%, "
                        + "system-reserved=memory=512Mi], and: homelab bootstrap";
        if (!evicts && declared(house)) {
            return fail(name, "puts out no pod when memory runs short, and the inventory says it should")
                    .by(seen)
                    .fix("homelab bootstrap --node " + name);
        }
        List<String> lacks = new ArrayList<>();
        if (!evicts) {
            lacks.add("puts out no pod before the kernel kills one");
        }
        if (!keeps && node.isServer()) {
            lacks.add("keeps no memory for k3s itself");
        }
        return lacks.isEmpty()
                ? pass(name, "puts pods out before memory runs out").by(seen)
                : warn(name, String.join(", and ", lacks)).by(seen).fix(fix);
    }

    private static String told(JsonNode settings, String name) {
        return name + " " + (settings.has(name) ? settings.path(name).toString() : "none");
    }

    private static boolean declared(House house) {
        return KubeletCheck.declared(house, "eviction-hard").orElse("").contains(SIGNAL)
                || KubeletCheck.declared(house, "eviction-soft").orElse("").contains(SIGNAL);
    }
}
