package homelab.drain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Whether a pod bears the taints of a node. */
final class Tolerance {
    private Tolerance() {}

    /** The first taint that keeps it off; PreferNoSchedule keeps nobody off. */
    static Optional<String> against(JsonNode pod, JsonNode node) {
        for (JsonNode taint : node.path("spec").path("taints")) {
            boolean keepsOff = !taint.path("effect").asText().equals("PreferNoSchedule");
            if (keepsOff && !borne(pod, taint)) {
                return Optional.of("has the taint " + taint.path("key").asText());
            }
        }
        return Optional.empty();
    }

    private static boolean borne(JsonNode pod, JsonNode taint) {
        for (JsonNode toleration : pod.path("spec").path("tolerations")) {
            if (bears(toleration, taint)) {
                return true;
            }
        }
        return false;
    }

    private static boolean bears(JsonNode toleration, JsonNode taint) {
        String key = toleration.path("key").asText();
        String effect = toleration.path("effect").asText();
        boolean any = toleration.path("operator").asText().equals("Exists");
        return (key.equals(taint.path("key").asText()) || key.isEmpty() && any)
                && (effect.isEmpty() || effect.equals(taint.path("effect").asText()))
                && (any
                        || toleration
                                .path("value")
                                .asText()
                                .equals(taint.path("value").asText()));
    }
}
