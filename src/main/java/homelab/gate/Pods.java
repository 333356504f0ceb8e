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

    static boolean isReady(Item pod) {
        return pod.hasCondition("Ready", "True");
    }

    static boolean isEnding(Item pod) {
        return pod.at("metadata.deletionTimestamp").exists();
    }

    static boolean hasEnded(Item pod) {
        return pod.is("status.phase", "Succeeded") || pod.is("status.phase", "Failed");
    }

    /** As kubectl tells it: what a container waits for, or the phase. */
    static String told(Item pod) {
        return pod.items("status.containerStatuses").stream()
                .map(one -> one.text("state.waiting.reason"))
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElseGet(() -> pod.text("status.phase"));
    }
}
