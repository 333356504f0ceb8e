package homelab.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A snapshot as JSON: to be kept, sent with a bug report, and judged again. Holds addresses and names, no secret. */
public final class SnapshotJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Raised whenever a reader of the former version could misunderstand. */
    private static final int VERSION = 1;

    private SnapshotJson() {}

    public static String write(Snapshot snapshot) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("snapshot", VERSION).put("at", snapshot.at().toString());
        ObjectNode hosts = tree.putObject("hosts");
        new TreeMap<>(snapshot.hosts()).forEach((name, host) -> HostJson.write(hosts.putObject(name.text()), host));
        ApiViewJson.write(tree.putObject("api"), snapshot.api());
        return tree.toPrettyString();
    }

    /** @throws Failure with exit USAGE when the text is no snapshot of a version that is known */
    public static Snapshot read(String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            int version = tree.path("snapshot").asInt();
            if (version != VERSION) {
                throw unusable("it is of version " + version + ", and this homelab reads version " + VERSION);
            }
            return snapshot(tree);
        } catch (JsonProcessingException e) {
            throw unusable("it is not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw unusable("a part of it is missing or wrong: " + e.getMessage());
        }
    }

    private static Snapshot snapshot(JsonNode tree) {
        Map<NodeName, HostView> hosts = new HashMap<>();
        tree.path("hosts")
                .properties()
                .forEach(host -> hosts.put(new NodeName(host.getKey()), HostJson.read(host.getValue())));
        return new Snapshot(Instant.parse(tree.path("at").asText()), hosts, ApiViewJson.read(tree.path("api")));
    }

    private static Failure unusable(String why) {
        return new Failure(
                Exit.USAGE,
                Problem.of("the snapshot cannot be judged", why, "take a new one, with the same version of homelab"));
    }
}
