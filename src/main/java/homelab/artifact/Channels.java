package homelab.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.model.K3sVersion;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which release of k3s each channel means today, by the word of k3s's channel server: {@code data[]} with {@code name} and
 * {@code latest} (github.com/rancher/channelserver, pkg/model/config.go, read on 2026-11-23).
 *
 * @param from who was asked
 * @param latest releases by the name of the channel; of one that has no release nothing stands here
 */
public record Channels(URI from, Map<String, String> latest) {

    public Channels {
        latest = new LinkedHashMap<>(latest);
    }

    /** @throws Failure when the server cannot be asked, or answers something else */
    public static Channels ask(URI from, Fetch fetch) {
        Map<String, String> latest = new LinkedHashMap<>();
        for (JsonNode channel : tree(from, text(from, fetch)).path("data")) {
            String release = channel.path("latest").asText();
            if (!release.isEmpty()) {
                latest.put(channel.path("name").asText(), release);
            }
        }
        if (latest.isEmpty()) {
            throw wrong(Exit.FAILED, from + " answered, but with no list of channels", from);
        }
        return new Channels(from, latest);
    }

    /** Known channels, in the order of the server. */
    public List<String> names() {
        return List.copyOf(latest.keySet());
    }

    /** @throws Failure with exit FAILED when what the server names for it is no release of k3s */
    public K3sVersion release(String channel) {
        String named = Optional.ofNullable(latest.get(channel)).orElse("nothing");
        try {
            return K3sVersion.parse(named);
        } catch (IllegalArgumentException noRelease) {
            throw wrong(Exit.FAILED, from + " names '" + named + "' for " + channel, from);
        }
    }

    private static String text(URI from, Fetch fetch) {
        try {
            return fetch.text(from);
        } catch (Failure failure) {
            Problem told = failure.problems().get(0);
            throw wrong(failure.exit(), told.what() + ": " + told.why(), from);
        }
    }

    private static JsonNode tree(URI from, String text) {
        try {
            return JsonAnswer.tree(text);
        } catch (IllegalArgumentException noJson) {
            boolean page = text.stripLeading().startsWith("<");
            String instead = page ? "a page for people, perhaps of a portal or a proxy" : "something else than JSON";
            throw wrong(Exit.FAILED, from + " answered with " + instead, from);
        }
    }

    private static Failure wrong(Exit exit, String why, URI from) {
        return new Failure(
                exit,
                Problem.of(
                        "nobody could say which release the channel means",
                        why,
                        "name the release instead, homelab upgrade --to v1.34.3+k3s1 for instance; or let k3s.channels in the"
                                + " inventory name a server or a file of a mirror that this machine reaches, in place of "
                                + from));
    }
}
