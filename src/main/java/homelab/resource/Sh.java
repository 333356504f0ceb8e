package homelab.resource;

import homelab.probe.Word;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Collectors;

/** Pieces of POSIX sh. What comes from outside goes into a script through here and no other way. */
public final class Sh {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\n'});

    private Sh() {}

    /** The text as one word of sh, whatever it holds. */
    public static String quote(String text) {
        return Word.quoted(text);
    }

    /** Each text as one word, with blanks between. */
    public static String quote(Collection<String> words) {
        return words.stream().map(Sh::quote).collect(Collectors.joining(" "));
    }

    /**
     * Lines of sh that feed exactly this text to a command's standard input. Base64, since a heredoc of the text itself
     * could end early, and since what a secret looks like must not depend on the shell's reading of it.
     */
    public static String feed(String text, String command) {
        String encoded = LINES.encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return "base64 -d <<'HOMELAB' | " + command + "\n" + encoded + "\nHOMELAB\n";
    }
}
