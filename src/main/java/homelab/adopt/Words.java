package homelab.adopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Splits a line of a unit into words as systemd does: quotes of both kinds, escapes in the manner of C, specifiers
 * (systemd.syntax(7), "Quoting"; systemd.service(5), "Command lines").
 */
final class Words {
    private static final String BLANKS = " \t\n\r";
    private static final Map<Character, Character> ESCAPES =
            Map.of('a', '\u0007', 'b', '\b', 'f', '\f', 'n', '\n', 'r', '\r', 't', '\t', 'v', '\u000b', 's', ' ');

    private final String text;
    private int at;

    private Words(String text) {
        this.text = text;
    }

    static List<String> split(String text) {
        return new Words(text).all();
    }

    private List<String> all() {
        List<String> words = new ArrayList<>();
        while (skipBlanks()) {
            words.add(word());
        }
        return words;
    }

    private boolean skipBlanks() {
        while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length();
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                word.append(escaped());
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote == 0 && BLANKS.indexOf(c) >= 0) {
                break;
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }

    /** Leaves {@link #at} on the last character of the escape. */
    private String escaped() {
        char c = text.charAt(++at);
        if (c == 'x' && hex(at + 1, 2)) {
            at += 2;
            return String.valueOf((char) Integer.parseInt(text.substring(at - 1, at + 1), 16));
        }
        Character plain = ESCAPES.get(c);
        return plain != null
                ? plain.toString()
                : BLANKS.indexOf(c) < 0 && c != '"' && c != '\'' && c != '\\' ? "\\" + c : String.valueOf(c);
    }

    private boolean hex(int from, int count) {
        return from + count <= text.length()
                && text.substring(from, from + count).matches("[0-9a-fA-F]+");
    }
}
