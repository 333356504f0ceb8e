package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.model.Node;
import java.util.List;
import java.util.Optional;

/** Pods as the API lists them. */
final class Pods {
    private Pods() {}

    static List<Item> all(House house) {
        return Item.of(house, Lists.PODS);
    }

    static List<Item> labelled(House house, String app) {
        return all(house).stream()
                .filter(pod -> app.equals(pod.map("metadata.labels").get("app")) && !isEnding(pod))
                .toList();
    }

    static Optional<Item> on(House house, String app, Node node) {
        return labelled(house, app).stream()
                .filter(pod -> pod.is("spec.nodeName", node.name().text()))
                .findFirst();
    }

    /** So the API tells it; of a node that was just booted it may be what the kubelet said before. */
    static boolean isTold(Item pod) {
        return pod.hasCondition("Ready", "True");
    }

    static boolean isReady(House house, Item pod) {
        return isTold(pod) && !isOfBefore(house, pod);
    }

    /** Whether containerd on its node has a sandbox of it that runs; no when that could not be seen. */
    static boolean runs(House house, Node node, Item pod) {
        return house.reading(node, SandboxesGate.EVIDENCE)
                .known()
                .filter(seen -> seen.isSeen() && seen.isReady(pod.text("metadata.uid")))
                .isPresent();
    }

    /** Told Ready, and containerd on its node has no sandbox of it that runs. No clock is asked: it may have been wrong. */
    static boolean isOfBefore(House house, Item pod) {
        boolean mirrored = pod.items("metadata.ownerReferences").stream().anyMatch(owner -> owner.is("kind", "Node"));
        return isTold(pod)
                && !mirrored
                && house.cluster().nodes().stream()
                        .filter(node -> pod.is("spec.nodeName", node.name().text()))
                        .flatMap(node -> house.reading(node, SandboxesGate.EVIDENCE).known().stream())
                        .anyMatch(seen -> seen.isSeen() && !seen.isReady(pod.text("metadata.uid")));
    }

    static boolean isEnding(Item pod) {
        return pod.at("metadata.deletionTimestamp").exists();
    }

    static boolean hasEnded(Item pod) {
        return pod.is("status.phase", "Succeeded") || pod.is("status.phase", "Failed");
    }

    /** As kubectl tells it: what a container waits for, or the phase. */
    static String told(House house, Item pod) {
        if (isOfBefore(house, pod)) {
            return "not started since the boot";
        }
        return pod.items("status.containerStatuses").stream()
                .map(one -> one.text("state.waiting.reason"))
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElseGet(() -> pod.text("status.phase"));
    }
}
