package homelab.resource;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
        return Probe.of("file:" + path, script(path, "[ \"$1\" -lt 65536 ]"), FileLook::parse)
                .with(FileFamily.SHOWN, path);
    }

    /** Looks at a file without reading its text out. */
    static Probe<FileLook> probeUnread(String path) {
        return Probe.of("unread file:" + path, script(path, "false"), FileLook::parse)
                .with(FileFamily.UNREAD, path);
    }

    /** Where the text is shown its checksum is made here: each process that a probe starts counts on a Pi. */
    private static String script(String path, String shown) {
        return """
                f=%s
                [ -e "$f" ] || { echo absent; exit 0; }
                [ -f "$f" ] || { echo "other $(stat -Lc %%F "$f")"; exit 0; }
                set -- $(stat -Lc '%%s %%a %%U:%%G' "$f") && [ -r "$f" ] || exit 1
                if %s; then echo "text $*"; exec cat "$f"; fi
                sum=$(sha256sum <"$f") && echo "file $* ${sum%%%% *}"
                """.formatted(Sh.quote(path), shown);
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
            case "file" -> new Present(head[4], head[2], head[3], Optional.empty());
            case "text" -> shown(head, Arrays.copyOfRange(answer.out(), end + 1, answer.out().length));
            default -> throw new IllegalStateException("not an answer about a file: " + head[0]);
        };
    }

    private static Present shown(String[] head, byte[] body) {
        if (body.length != Integer.parseInt(head[1])) {
            throw new IllegalStateException("the file changed while it was read");
        }
        return new Present(
                Content.sha256(body), head[2], head[3], Optional.of(new String(body, StandardCharsets.UTF_8)));
    }
}
