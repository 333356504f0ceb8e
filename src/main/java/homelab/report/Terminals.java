package homelab.report;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Finds out what the standard streams can show. The launcher says in HOMELAB_TTY which of the descriptors 0, 1 and 2
 * are terminals ("012"), and in COLUMNS how wide they are, since Java 17 cannot tell them apart.
 */
public final class Terminals {

    private Terminals() {}

    public static Terminal of(Map<String, String> env, int descriptor) {
        boolean tty = isTerminal(env, descriptor);
        boolean dumb = "dumb".equals(env.get("TERM"));
        boolean colour = tty && !dumb && env.getOrDefault("NO_COLOR", "").isEmpty();
        boolean unicode = !charset(env).equals(StandardCharsets.US_ASCII);
        return tty
                ? new Terminal(width(env), colour, !dumb && !env.containsKey("CI"), unicode)
                : new Terminal(Integer.MAX_VALUE, false, false, unicode);
    }

    /** Whether somebody can answer a question: input and the place where it is asked are terminals. */
    public static boolean asks(Map<String, String> env) {
        return isTerminal(env, 0) && isTerminal(env, 2);
    }

    /** UTF-8 unless the locale says otherwise; then only ASCII is written. */
    public static Charset charset(Map<String, String> env) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = env.getOrDefault(name, "");
            if (!value.isEmpty()) {
                String plain = value.toUpperCase(java.util.Locale.ROOT).replace("-", "");
                return plain.contains("UTF8") ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
            }
        }
        return StandardCharsets.UTF_8;
    }

    private static boolean isTerminal(Map<String, String> env, int descriptor) {
        return env.getOrDefault("HOMELAB_TTY", "").indexOf('0' + descriptor) >= 0;
    }

    private static int width(Map<String, String> env) {
        String columns = env.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9]\\d{0,3}") ? Math.max(20, Integer.parseInt(columns)) : 80;
    }
}
