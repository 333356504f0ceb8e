package homelab.adopt;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a file of variables as systemd does ({@code EnvironmentFile=} in systemd.exec(5)). */
final class EnvironmentFile {
    private EnvironmentFile() {}

    static Map<String, String> read(String text) {
        Map<String, String> found = new LinkedHashMap<>();
        String rest = text;
        while (!rest.isEmpty()) {
            int end = end(rest);
            String line = rest.substring(0, end).strip();
            rest = rest.substring(Math.min(end + 1, rest.length()));
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
                found.put(line.substring(0, equals).strip(), value(line.substring(equals + 1)));
            }
        }
        return found;
    }

    /** Where a line ends: not within quotes, and not behind a backslash. A comment has neither. */
    private static int end(String text) {
        boolean comment =
                text.stripLeading().startsWith("#") || text.stripLeading().startsWith(";");
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n' && quote == 0) {
                return at;
            } else if (comment) {
                continue;
            } else if (c == '\\' && quote != '\'') {
                at++;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            }
        }
        return text.length();
    }

    /** Quotes go, blanks around what is not quoted too; within single quotes nothing is an escape. */
    private static String value(String raw) {
        String text = raw.strip();
        StringBuilder out = new StringBuilder();
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && quote != '\'' && at + 1 < text.length()) {
                char next = text.charAt(++at);
                if (next != '\n') {
                    out.append(quote == '"' && "\"\\`$".indexOf(next) < 0 ? "\\" + next : String.valueOf(next));
                }
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
