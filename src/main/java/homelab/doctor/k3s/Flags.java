package homelab.doctor.k3s;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.doctor.House;
import homelab.json.JsonAnswer;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What k3s was started with on a server. k3s hides its arguments from {@code ps} and tells them in the Node's annotation
 * {@code k3s.io/node-args}; where that is missing its files are read, which is what it would start with next.
 *
 * @param values by key; for what may be there several times all of them with a comma between
 * @param running whether it is what runs now
 */
record Flags(Map<String, String> values, boolean running) {
    /** Those that all servers must have alike (k3s, "critical configuration values"); no secret is among them. */
    static final List<String> CRITICAL =
            List.of("cluster-cidr", "service-cidr", "cluster-dns", "flannel-backend", "secrets-encryption");

    private static final String ANNOTATION = "k3s.io/node-args";

    static final Probe<Map<String, String>> FILES =
            Probe.of("doctor:k3s-files", """
            cat /etc/rancher/k3s/config.yaml /etc/rancher/k3s/config.yaml.d/*.yaml 2>/dev/null |
              grep -E '^(KEYS)[+]?:' | tr -d "\\"'"
            :
            """.replace("KEYS", String.join("|", CRITICAL)), Flags::parse);

    private static Map<String, String> parse(Answer answer) {
        Map<String, String> values = new HashMap<>();
        answer.text().lines().filter(line -> line.contains(":")).forEach(line -> {
            int colon = line.indexOf(':');
            values.put(
                    line.substring(0, colon).strip(),
                    line.substring(colon + 1).replaceFirst(" #.*", "").strip());
        });
        return values;
    }

    static Reading<Flags> of(House house, Node node) {
        return arguments(house, node)
                .<Reading<Flags>>map(values -> new Reading.Known<>(new Flags(values, true)))
                .orElseGet(() -> house.reading(node, FILES).map(values -> new Flags(values, false)));
    }

    private static Optional<Map<String, String>> arguments(House house, Node node) {
        return house.list(NodesAsDeclared.NODES).known().orElse(List.of()).stream()
                .filter(one -> one.path("metadata")
                        .path("name")
                        .asText()
                        .equals(node.name().text()))
                .map(one -> one.path("metadata")
                        .path("annotations")
                        .path(ANNOTATION)
                        .asText())
                .filter(text -> text.startsWith("["))
                .findFirst()
                .flatMap(Flags::arguments);
    }

    private static Optional<Map<String, String>> arguments(String json) {
        try {
            List<String> words = new ArrayList<>();
            for (JsonNode word : JsonAnswer.tree(json)) {
                words.add(word.asText());
            }
            return Optional.of(arguments(words));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code --key value}, {@code --key=value}, or {@code --key} alone, which means true. */
    private static Map<String, String> arguments(List<String> words) {
        Map<String, String> values = new HashMap<>();
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            if (word.startsWith("--")) {
                boolean alone = at + 1 >= words.size() || words.get(at + 1).startsWith("--");
                int sign = word.indexOf('=');
                String key = word.substring(2, sign < 0 ? word.length() : sign);
                String value = sign >= 0 ? word.substring(sign + 1) : alone ? "true" : words.get(at + 1);
                values.merge(key, value, (one, other) -> one + "," + other);
            }
        }
        return values;
    }
}
