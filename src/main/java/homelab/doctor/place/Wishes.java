package homelab.doctor.place;

import homelab.doctor.Item;
import homelab.doctor.NodeTerms;
import homelab.doctor.pod.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a pod requires of its node. @param volumes those that it mounts */
record Wishes(Pod pod, List<Item> volumes) {

    /** Why this node will not do, leaving aside whether it takes pods at all now; none when it will. */
    List<String> refusals(Item node) {
        List<String> all = new ArrayList<>();
        Item spec = pod.item().at("spec");
        Map<String, String> labels = node.map("metadata.labels");
        spec.map("nodeSelector").forEach((key, value) -> {
            if (!value.equals(labels.get(key))) {
                all.add("no label " + key + "=" + value);
            }
        });
        NodeTerms terms = NodeTerms.ofPod(spec);
        if (!terms.admit(node)) {
            all.add("it requires " + terms.told());
        }
        node.items("spec.taints").stream()
                .filter(taint ->
                        !taint.is("effect", "PreferNoSchedule") && !isPassing(taint) && !tolerates(spec, taint))
                .forEach(taint -> all.add("taint " + taint.text("key") + " is not tolerated"));
        volumes.stream()
                .filter(volume -> !NodeTerms.ofVolume(volume).admit(node))
                .forEach(volume -> all.add("its volume " + volume.name() + " lies elsewhere"));
        return all;
    }

    /** Set while a node is cordoned, new or away, which is told of by itself. */
    private static boolean isPassing(Item taint) {
        return taint.text("key").startsWith("node.kubernetes.io/");
    }

    /** Without a key it tolerates all of them; an operator that is not said is Equal. */
    static boolean tolerates(Item spec, Item taint) {
        return spec.items("tolerations").stream()
                .anyMatch(one -> (one.text("effect").isEmpty() || one.is("effect", taint.text("effect")))
                        && (one.is("operator", "Exists")
                                ? one.text("key").isEmpty() || one.is("key", taint.text("key"))
                                : one.is("key", taint.text("key")) && one.is("value", taint.text("value"))));
    }
}
