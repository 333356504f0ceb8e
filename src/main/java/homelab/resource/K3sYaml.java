package homelab.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes the little of YAML that k3s's configuration needs, the same text for the same values. Everything that could be
 * read as something else than a text is quoted.
 */
final class K3sYaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][-A-Za-z0-9_./+]*([=:][-A-Za-z0-9_./+]+)*");
    private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

    private final StringBuilder text = new StringBuilder();

    K3sYaml comment(String line) {
        text.append("# ").append(line).append('\n');
        return this;
    }

    /** Nothing for an empty list. */
    K3sYaml put(String key, Object value) {
        if (!(value instanceof List<?> list)) {
            text.append(key).append(": ").append(inline(value)).append('\n');
        } else if (!list.isEmpty()) {
            text.append(key).append(":\n");
            list.forEach(one -> text.append("  - ").append(inline(one)).append('\n'));
        }
        return this;
    }

    /** A list on one line, which scripts can find and leave out. Nothing for an empty one. */
    K3sYaml putInline(String key, List<String> values) {
        if (!values.isEmpty()) {
            text.append(key).append(": ").append(inline(values)).append('\n');
        }
        return this;
    }

    /** A map with each of its entries on a line of its own. Nothing for an empty one. */
    K3sYaml putEach(String key, Map<String, ?> entries) {
        if (!entries.isEmpty()) {
            text.append(key).append(":\n");
            entries.forEach((name, value) -> text.append("  ")
                    .append(scalar(name))
                    .append(": ")
                    .append(inline(value))
                    .append('\n'));
        }
        return this;
    }

    private static String inline(Object value) {
        if (value instanceof List<?> list) {
            return "[" + String.join(", ", list.stream().map(K3sYaml::inline).toList()) + "]";
        } else if (value instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            map.forEach((key, one) -> entries.add(scalar(String.valueOf(key)) + ": " + inline(one)));
            return "{" + String.join(", ", entries) + "}";
        }
        return value instanceof String text ? scalar(text) : String.valueOf(value);
    }

    private static String scalar(String value) {
        return PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(Locale.ROOT))
                ? value
                : quoted(value);
    }

    private static String quoted(String value) {
        StringBuilder out = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (isPlainInQuotes(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(c > 0xffff ? String.format("\\U%08x", c) : String.format("\\u%04x", c));
            }
        });
        return out.append('"').toString();
    }

    /** YAML 1.1 folds the lines that U+0085, U+2028 and U+2029 end, and takes no control characters at all. */
    private static boolean isPlainInQuotes(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
