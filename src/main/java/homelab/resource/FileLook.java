package homelab.resource;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.util.Optional;

/** What stands at a path; symbolic links are followed. */
public sealed interface FileLook {

    record Absent() implements FileLook {}

    /** A directory, a device: nothing that a text may replace. @param kind as {@code stat} names it */
    record Other(String kind) implements FileLook {}

    /**
     * @param mode octal without leading zeros, "644"
     * @param owner {@code user:group}
     * @param text absent when it was not asked for, or is 64 KiB or more
     */
    record Present(String sha256, String mode, String owner, Optional<String> text) implements FileLook {}

    /** Looks at a file with its text, for files that may be shown. */
    static Probe<FileLook> probe(String path) {
        return Probe.of("file:" + path, script(path, "[ \"$size\" -ge 65536 ] || cat \"$f\""), FileLook::parse);
    }

    /** Looks at a file without reading its text out. */
    static Probe<FileLook> probeUnread(String path) {
        return Probe.of("unread file:" + path, script(path, ":"), FileLook::parse);
    }

    private static String script(String path, String text) {
        return """
                set -eu
                f=%s
                [ -e "$f" ] || { echo absent; exit 0; }
                [ -f "$f" ] || { echo "other $(stat -Lc %%F "$f")"; exit 0; }
                size=$(stat -Lc %%s "$f")
                sum=$(sha256sum <"$f")
                echo "file $(stat -Lc '%%a %%U:%%G' "$f") $size ${sum%%%% *}"
                %s
                """.formatted(Sh.quote(path), text);
    }

    private static FileLook parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException("the file could not be read (exit code " + answer.exit() + ")");
        }
        String text = answer.text();
        int end = text.indexOf('\n');
        String[] head = text.substring(0, end).split(" ", 5);
        return switch (head[0]) {
            case "absent" -> new Absent();
            case "other" -> new Other(text.substring("other ".length(), end));
            case "file" -> new Present(head[4], head[1], head[2], body(text.substring(end + 1), head[3], answer.cut()));
            default -> throw new IllegalStateException("not an answer about a file: " + head[0]);
        };
    }

    /** An empty body of a file that is not empty was left out. */
    private static Optional<String> body(String body, String size, boolean cut) {
        return cut || (body.isEmpty() && !size.equals("0")) ? Optional.empty() : Optional.of(body);
    }
}
