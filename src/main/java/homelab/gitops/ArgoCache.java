package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * What Argo CD's controller keeps of its last comparison, in its Redis: of every object of an Application what Git's files
 * were rendered to, what was there, and what a sync would make of it. Values of Secrets are masked there already. It is
 * what {@code argocd app diff} shows, had without logging in; its form is Argo CD v2.14's (cache version 1.8.3).
 */
public final class ArgoCache {
    /** By which Argo CD's manifests and its chart call the pod. */
    static final String APP = "argocd-redis";

    private static final String PREFIX = "app|managed-resources|";
    private static final String PACKED = ".gz";

    private ArgoCache() {}

    /**
     * @param target what Git's files were rendered to for the revision that was compared; missing when Git has it no more
     * @param live what was there, secrets masked
     * @param normal the same without what is not to be compared
     * @param foretold what a sync would make of it, without what is not to be compared
     */
    public record Compared(Id id, JsonNode target, JsonNode live, JsonNode normal, JsonNode foretold) {}

    /** Reads all of it in one call, as hexadecimal digits, since packed bytes do not survive redis-cli. Changes nothing. */
    public static String script(PodName redis) {
        return """
                PATH=$PATH:/usr/local/bin
                k3s kubectl -n '%s' exec -i '%s' -c redis -- sh -c 'REDISCLI_AUTH=$REDIS_PASSWORD exec redis-cli --raw' <<'LUA'
                EVAL "local all = {} for _, key in ipairs(redis.call('KEYS', '%s*')) do local hex = redis.call('GET', key):gsub('.', function(c) return string.format('%%02x', c:byte()) end) all[#all + 1] = key .. ' ' .. hex end return all" 0
                LUA
                """.formatted(redis.namespace(), redis.name(), PREFIX);
    }

    /**
     * By the name of the Application; one outside Argo CD's namespace is called {@code NAMESPACE_NAME}.
     *
     * @throws IllegalArgumentException when it is not what Argo CD v2.14 writes
     */
    public static Map<String, Map<Id, Compared>> parse(String answer) {
        Map<String, Map<Id, Compared>> all = new LinkedHashMap<>();
        for (String line : answer.lines().filter(text -> !text.isBlank()).toList()) {
            String[] words = line.split(" ");
            if (words.length != 2 || !words[0].startsWith(PREFIX)) {
                throw new IllegalArgumentException(
                        "Argo CD's cache says: " + line.substring(0, Math.min(80, line.length())));
            }
            String name = words[0].substring(PREFIX.length()).replaceFirst("\\|.*", "");
            all.put(name, compared(text(words[0], words[1])));
        }
        return all;
    }

    private static String text(String key, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (!key.endsWith(PACKED)) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("Argo CD's cache came broken", e);
        }
    }

    private static Map<Id, Compared> compared(String json) {
        Map<Id, Compared> all = new LinkedHashMap<>();
        List<JsonNode> entries = new ArrayList<>();
        Json.tree(json).forEach(entries::add);
        entries.stream().filter(entry -> !entry.path("hook").asBoolean()).forEach(entry -> {
            Id id = Id.entry(entry);
            all.put(
                    id,
                    new Compared(
                            id,
                            state(entry, "targetState"),
                            state(entry, "liveState"),
                            state(entry, "normalizedLiveState"),
                            state(entry, "predictedLiveState")));
        });
        return all;
    }

    /** JSON within JSON; {@code null} when there is none. */
    private static JsonNode state(JsonNode entry, String name) {
        JsonNode state = Json.tree(Json.word(entry, name));
        return state.isObject() ? state : Json.tree("");
    }
}
