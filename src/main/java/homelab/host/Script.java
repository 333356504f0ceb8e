package homelab.host;

import java.time.Duration;

/**
 * POSIX sh to be run on a host. It travels on standard input and never in an argument list, so a base64 heredoc in it
 * may hold a secret. A script that arrives only in part is not run at all.
 *
 * @param title what a log may say of it; the text is never logged
 * @param limit after this it is killed on the host too
 */
public record Script(String title, String text, Duration limit, As as) {

    /** Whose rights the script runs with. */
    public enum As {
        ROOT,
        USER
    }

    public static Script root(String title, String text, Duration limit) {
        return new Script(title, text, limit, As.ROOT);
    }

    public static Script user(String title, String text, Duration limit) {
        return new Script(title, text, limit, As.USER);
    }

    /** Does not show the text, which may hold a secret. */
    @Override
    public String toString() {
        return "Script[" + title + ", " + as + ", " + limit + "]";
    }
}
