package homelab.adopt;

import java.util.Collection;
import java.util.stream.Collectors;

/** Words of an inventory as they are written in YAML. */
final class YamlWords {
    private YamlWords() {}

    /** Plain only where nothing could read it as something else. */
    static String quoted(String value) {
        boolean plain = value.matches("[A-Za-z/][A-Za-z0-9_./=-]*|[0-9]+(\\.[0-9]+){3}(/[0-9]+)?")
                && !value.matches("(?i)true|false|yes|no|on|off|null|y|n");
        return plain
                ? value
                : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("[\\p{Cntrl}]", " ") + "\"";
    }

    /** A switch or a number as it is. */
    static String scalar(String value) {
        return value.matches("true|false|[0-9]{1,9}") ? value : quoted(value);
    }

    static String list(Collection<String> values) {
        return values.stream().distinct().map(YamlWords::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** On one line, for a comment. */
    static String comment(String words) {
        return words.replaceAll("[\\p{Cntrl}]", " ").strip();
    }
}
