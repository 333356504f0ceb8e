package homelab.kubeconfig;

import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** How our entries are written: in block style as kubectl does, or as JSON where the file is in flow style. */
enum Style {
    BLOCK {
        @Override
        String scalar(String text) {
            boolean plain = text.matches("[A-Za-z][-A-Za-z0-9_./+=]*(://[-A-Za-z0-9.:/\\[\\]]*[-A-Za-z0-9/])?")
                    && new Resolver().resolve(NodeId.scalar, text, true).equals(Tag.STR);
            return plain ? text : quoted(text);
        }

        @Override
        String item(Section section, Map<String, String> fields, String name, int column) {
            String indent = " ".repeat(column);
            String body = fields.entrySet().stream()
                    .map(field -> indent + "  " + field(field.getKey(), field.getValue()) + "\n")
                    .collect(Collectors.joining());
            return section.body + ":\n" + body + indent + field("name", name);
        }
    },
    FLOW {
        @Override
        String scalar(String text) {
            return quoted(text);
        }

        @Override
        String item(Section section, Map<String, String> fields, String name, int column) {
            String body = fields.entrySet().stream()
                    .map(field -> field(field.getKey(), field.getValue()))
                    .collect(Collectors.joining(", "));
            return "{" + quoted(section.body) + ": {" + body + "}, " + field("name", name) + "}";
        }
    };

    static Style of(boolean flow) {
        return flow ? FLOW : BLOCK;
    }

    abstract String scalar(String text);

    /** An item of a list, without the dash; its lines after the first are indented to the column of its keys. */
    abstract String item(Section section, Map<String, String> fields, String name, int column);

    String field(String key, String value) {
        return (this == FLOW ? quoted(key) : key) + ": " + scalar(value);
    }

    /** A JSON string, which is a YAML string too. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
