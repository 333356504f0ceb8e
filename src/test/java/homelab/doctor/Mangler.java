package homelab.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Spoils a snapshot somewhere, the same place and way for the same seed. */
final class Mangler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What somebody who may name a pod, or a host that lies, could put there. */
    static final List<String> HOSTILE = List.of(
            "\u001b[31mred\u001b[0m",
            "\u001b]0;title\u0007",
            "\u009b2J",
            "a\r\nb\n✓ HOST-001 jarvis: answers\n",
            "\u202egnirts\u2066x\u2069",
            "\u2028\u2029\u0085",
            "nul\u0000bell\u0007del\u007f",
            "\ud800 half \udc00\uffff\ufffe",
            "]]><x a=\"'&",
            "\"} 1\n# TYPE x\\",
            "${x} %s %n {0} \\E\\Q",
            "",
            " ",
            "null",
            "-1",
            "99999999999999999999999999",
            "1e999999999",
            "NaN",
            "2026-13-45T99:99:99Z",
            "+1000000000-12-31T23:59:59Z",
            "-5Gi",
            "10.42.0.0/99",
            "@@homelab mounts",
            "(".repeat(2000));

    private final Random random;

    Mangler(long seed) {
        random = new Random(seed);
    }

    /** One to six places. */
    JsonNode mangled(JsonNode whole) {
        JsonNode copy = whole.deepCopy();
        int places = 1 + random.nextInt(6);
        for (int at = 0; at < places; at++) {
            spoil(copy);
        }
        return copy;
    }

    private void spoil(JsonNode whole) {
        JsonNode at = whole;
        while (true) {
            List<JsonNode> below = new ArrayList<>();
            at.forEach(below::add);
            List<JsonNode> deeper = below.stream()
                    .filter(JsonNode::isContainerNode)
                    .filter(one -> !one.isEmpty())
                    .toList();
            if (deeper.isEmpty() || random.nextInt(40) == 0) {
                break;
            }
            at = deeper.get(random.nextInt(deeper.size()));
        }
        if (at instanceof ObjectNode object && !object.isEmpty()) {
            String name = new ArrayList<>(names(object)).get(random.nextInt(object.size()));
            spoil(object, name);
        } else if (at instanceof ArrayNode array && !array.isEmpty()) {
            int index = random.nextInt(array.size());
            array.set(index, instead(array.get(index)));
        }
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void spoil(ObjectNode object, String name) {
        JsonNode value = object.path(name);
        switch (random.nextInt(8)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(hostile(), object.remove(name));
            default -> object.set(name, name.equals("base64") ? repacked(value) : instead(value));
        }
    }

    private JsonNode instead(JsonNode value) {
        if (value.isTextual() && random.nextInt(4) != 0) {
            return new TextNode(within(value.asText()));
        }
        return switch (random.nextInt(14)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(-random.nextInt(1000));
            case 3 -> NODES.numberNode(new BigInteger("9".repeat(400)));
            case 4 -> NODES.numberNode(new BigDecimal("1e-4000"));
            case 5 -> NODES.numberNode(Double.NaN);
            case 6 -> NODES.numberNode(Long.MAX_VALUE);
            case 7 -> NODES.arrayNode();
            case 8 -> NODES.objectNode();
            case 9 ->
                NODES.arrayNode()
                        .add(value)
                        .add(NODES.nullNode())
                        .add(hostile())
                        .add(3);
            case 10 -> deep(value);
            case 11 -> NODES.textNode(String.valueOf(random.nextInt(100)));
            default -> NODES.textNode(hostile());
        };
    }

    /** What a host said: lines gone, doubled, or with something else in them. */
    private String within(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        return switch (random.nextInt(7)) {
            case 0 -> text.substring(0, from);
            case 1 -> text.substring(0, from) + hostile() + text.substring(to);
            case 2 -> text + "\n" + text;
            case 3 -> text.replaceAll("\\d+", "-7");
            case 4 -> text.replaceAll("\\d+", "98765432109876543210");
            case 5 -> text.replaceAll("[ =]", java.util.regex.Matcher.quoteReplacement(hostile()));
            default -> text.substring(0, from) + text.substring(to);
        };
    }

    private String hostile() {
        return random.nextInt(12) == 0 ? "x1-".repeat(350_000) : HOSTILE.get(random.nextInt(HOSTILE.size()));
    }

    private static JsonNode deep(JsonNode value) {
        JsonNode deep = value.deepCopy();
        for (int level = 0; level < 300; level++) {
            deep = NODES.objectNode().set("spec", deep);
        }
        return deep;
    }

    /** What came packed is spoilt inside as well. */
    private JsonNode repacked(JsonNode value) {
        try {
            byte[] inside = new GZIPInputStream(
                            new ByteArrayInputStream(Base64.getDecoder().decode(value.asText())))
                    .readAllBytes();
            JsonNode tree = JSON.readTree(inside);
            if (tree.isObject()) {
                spoil(tree);
            }
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(JSON.writeValueAsBytes(tree));
            }
            return NODES.textNode(Base64.getEncoder().encodeToString(packed.toByteArray()));
        } catch (IllegalArgumentException | IOException e) {
            return instead(value);
        }
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
