package homelab.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import homelab.facts.RoundTrip;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.Reading;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A snapshot as JSON: to be kept, sent with a bug report, and judged again elsewhere. Answers of hosts stand in it as they
 * came, of the API's objects what listings keep.
 */
public final class SnapshotJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Its number is raised whenever a reader of the former version could misunderstand. */
    private static final String SCHEMA = "homelab/doctor-snapshot/v1";

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private SnapshotJson() {}

    public static String write(Snapshot snapshot) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("schema", SCHEMA).put("at", snapshot.at().toString());
        ObjectNode hosts = tree.putObject("hosts");
        new TreeMap<>(snapshot.hosts()).forEach((name, seen) -> write(hosts.putObject(name.text()), seen));
        ObjectNode lists = tree.putObject("lists");
        new TreeMap<>(snapshot.lists()).forEach((name, list) -> writeList(lists.putObject(name), list));
        return tree.toPrettyString() + "\n";
    }

    private static void write(ObjectNode into, Seen seen) {
        if (seen instanceof Seen.Unreachable unreachable) {
            into.put("unreachable", unreachable.why()).put("fix", unreachable.fix());
            return;
        }
        Seen.Reached reached = (Seen.Reached) seen;
        into.put("sent", reached.trip().sent().toString())
                .put("received", reached.trip().received().toString());
        ObjectNode answers = into.putObject("answers");
        new TreeMap<>(reached.answers().byId()).forEach((id, answer) -> writeAnswer(answers.putObject(id), answer));
    }

    /** As text where it is text. */
    private static void writeAnswer(ObjectNode into, Reading<Answer> reading) {
        if (!(reading instanceof Reading.Known<Answer> known)) {
            into.put("unknown", ((Reading.Unknown<Answer>) reading).why());
            return;
        }
        Answer answer = known.value();
        into.put("exit", answer.exit()).put("cut", answer.cut());
        String text = answer.text();
        if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), answer.out())) {
            into.put("text", text);
        } else {
            into.put("base64", Base64.getEncoder().encodeToString(answer.out()));
        }
    }

    private static void writeList(ObjectNode into, Reading<List<JsonNode>> list) {
        if (list instanceof Reading.Known<List<JsonNode>> known) {
            ArrayNode items = into.putArray("items");
            known.value().forEach(items::add);
        } else {
            into.put("unknown", ((Reading.Unknown<List<JsonNode>>) list).why());
        }
    }

    /** @throws Failure with exit USAGE when the text is no snapshot of a version that is known */
    public static Snapshot read(String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            String schema = tree.path("schema").asText();
            if (!schema.equals(SCHEMA)) {
                throw unusable("its schema is '" + schema + "', and this homelab reads " + SCHEMA);
            }
            return snapshot(tree);
        } catch (JsonProcessingException e) {
            throw unusable("it is not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw unusable("a part of it is missing or wrong: " + e.getMessage());
        }
    }

    private static Snapshot snapshot(JsonNode tree) {
        Map<NodeName, Seen> hosts = new HashMap<>();
        tree.path("hosts").properties().forEach(host -> hosts.put(new NodeName(host.getKey()), seen(host.getValue())));
        Map<String, Reading<List<JsonNode>>> lists = new HashMap<>();
        tree.path("lists").properties().forEach(list -> lists.put(list.getKey(), list(list.getValue())));
        return new Snapshot(time(tree.path("at")), hosts, lists);
    }

    private static Seen seen(JsonNode host) {
        if (host.has("unreachable")) {
            return new Seen.Unreachable(
                    host.path("unreachable").asText(), host.path("fix").asText());
        }
        Map<String, Reading<Answer>> answers = new HashMap<>();
        host.path("answers").properties().forEach(one -> answers.put(one.getKey(), answer(one.getValue())));
        Instant sent = time(host.path("sent"));
        Instant received = time(host.path("received"));
        return new Seen.Reached(new RoundTrip(sent, received), new Answers(answers));
    }

    /** Of this age or the next ones: with others nothing can be reckoned. */
    private static Instant time(JsonNode json) {
        Instant time = Instant.parse(json.asText());
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
            throw new IllegalArgumentException("nothing was seen at " + time);
        }
        return time;
    }

    private static Reading<Answer> answer(JsonNode json) {
        if (json.has("unknown")) {
            return new Reading.Unknown<>(json.path("unknown").asText());
        }
        byte[] out = json.has("base64")
                ? Base64.getDecoder().decode(json.path("base64").asText())
                : json.path("text").asText().getBytes(StandardCharsets.UTF_8);
        return new Reading.Known<>(
                new Answer(json.path("exit").asInt(), out, json.path("cut").asBoolean()));
    }

    private static Reading<List<JsonNode>> list(JsonNode json) {
        if (!json.path("items").isArray()) {
            return new Reading.Unknown<>(json.path("unknown").asText("not in the snapshot"));
        }
        List<JsonNode> items = new ArrayList<>();
        json.path("items").forEach(items::add);
        return new Reading.Known<>(items);
    }

    private static Failure unusable(String why) {
        return new Failure(
                Exit.USAGE,
                Problem.of("the snapshot cannot be judged", why, "take a new one: homelab doctor --save FILE"));
    }
}
