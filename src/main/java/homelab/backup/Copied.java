package homelab.backup;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.model.NodeName;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A copy in a node's repository, as restic tells it.
 *
 * @param kind "claim" or "dir"
 * @param name {@code NAMESPACE/CLAIM}, or the folder
 * @param how "as-found", "paused" or "frozen"
 * @param path where it was on the node
 */
public record Copied(NodeName node, String id, String kind, String name, String how, String path, Instant at) {

    /**
     * Those of homelab's; what somebody else put into the repository has no such tags.
     *
     * @param json of {@code restic snapshots --json} (restic 0.14)
     */
    public static List<Copied> parse(NodeName node, String json) {
        List<Copied> all = new ArrayList<>();
        JsonAnswer.tree(json).forEach(one -> {
            String kind = tag(one, "claim").isEmpty() ? "dir" : "claim";
            String name = tag(one, kind);
            if (!name.isEmpty()) {
                all.add(new Copied(
                        node,
                        one.path("short_id").asText(),
                        kind,
                        name,
                        tag(one, "how"),
                        one.path("paths").path(0).asText(),
                        OffsetDateTime.parse(one.path("time").asText()).toInstant()));
            }
        });
        return all;
    }

    private static String tag(JsonNode snapshot, String key) {
        for (JsonNode tag : snapshot.path("tags")) {
            if (tag.asText().startsWith(key + "=")) {
                return tag.asText().substring(key.length() + 1);
            }
        }
        return "";
    }
}
