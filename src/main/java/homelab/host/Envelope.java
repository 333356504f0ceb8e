package homelab.host;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A script as it goes to a shell: an argument list that says nothing of it, and the bytes for standard input.
 *
 * @param arguments {@code [env LC_ALL=C sudo -n] timeout -k 5 30 sh …}; sudo is outside, because a user's timeout may
 *     not kill what root runs
 * @param input the script, ready to be written
 */
public record Envelope(List<String> arguments, byte[] input) {
    /** How long after its limit a script that ignores SIGTERM is killed. */
    public static final Duration KILL_AFTER = Duration.ofSeconds(5);

    private static final String SURROUNDINGS = """
            LC_ALL=C; export LC_ALL; umask 022
            PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"; export PATH
            """;

    /**
     * The script is all there is on standard input. It is wrapped in braces: a shell reads to the closing one before it
     * runs anything, so what arrives only in part is a syntax error and no more.
     */
    public static Envelope whole(Script script, Become become) {
        String text = "{ " + become.mark() + SURROUNDINGS + script.text() + "\n} </dev/null\n";
        return new Envelope(become.arguments(limited(script), "exec sh -s"), bytes(become.opening() + text));
    }

    public static Envelope whole(Script script, boolean sudo) {
        return whole(script, Become.here(sudo));
    }

    /**
     * Standard input goes on after the script, and the script reads it. Shells read ahead, so the script is taken byte by
     * byte, as many as it has, and run only when all of them came. For short scripts.
     */
    public static Envelope streaming(Script script, Become become) {
        byte[] text = bytes(become.mark() + SURROUNDINGS + script.text());
        String take = "LC_ALL=C; s=$(dd bs=1 count=" + text.length + " 2>/dev/null; echo .); [ ${#s} -eq "
                + (text.length + 1) + " ] || exit 75; eval \"${s%.}\"";
        byte[] opening = bytes(become.opening());
        byte[] input = Arrays.copyOf(opening, opening.length + text.length);
        System.arraycopy(text, 0, input, opening.length, text.length);
        return new Envelope(become.arguments(limited(script), take), input);
    }

    public static Envelope streaming(Script script, boolean sudo) {
        return streaming(script, Become.here(sudo));
    }

    /** The arguments for a login shell of any make: no backslash inside quotes, where fish and sh differ. */
    public String commandLine() {
        return arguments.stream()
                .map(word -> word.contains("\\") ? quotedForAll(word) : quoted(word))
                .collect(Collectors.joining(" ", "exec ", ""));
    }

    private static String quotedForAll(String word) {
        String escaped = word.replace("\\", "\u0000").replace("'", "'\\''").replace("\u0000", "'\\\\'");
        return "'" + escaped + "'";
    }

    /** A word that sh takes as it is. */
    public static String quoted(String word) {
        return word.matches("[-A-Za-z0-9_=./:]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static List<String> limited(Script script) {
        return List.of("timeout", "-k", "" + KILL_AFTER.toSeconds(), "" + seconds(script.limit()));
    }

    private static long seconds(Duration limit) {
        return Math.max(1, limit.plusMillis(999).toSeconds());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Does not show the script. */
    @Override
    public String toString() {
        return "Envelope" + arguments;
    }
}
