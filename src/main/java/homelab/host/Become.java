package homelab.host;

import java.util.ArrayList;
import java.util.List;

/**
 * How a script comes by the rights that it runs with, and how its own words are told from those of a login shell that
 * greets.
 *
 * @param way whether and how sudo is asked
 * @param tty whether sudo wants a terminal (requiretty): then it gets one, and its streams stay what they are
 * @param nonce a word that nobody else says; empty where no login shell is in between
 */
public record Become(Way way, boolean tty, String nonce) {

    public enum Way {
        /** As the login. */
        NOT,
        /** By sudo, which must not ask. */
        SILENTLY,
        /** By sudo, which may ask for the password on standard input. */
        ASKED
    }

    /** On this machine, where no login shell greets. */
    static Become here(boolean sudo) {
        return new Become(sudo ? Way.SILENTLY : Way.NOT, false, "");
    }

    /** What sudo says when it asks. */
    public String prompt() {
        return nonce + "-password:";
    }

    /** What is said on standard error when sudo has let us in. */
    public String ready() {
        return nonce + "-ready";
    }

    /** The line, on both streams, before the first word of the script. */
    public String begin() {
        return nonce + "-begin";
    }

    /** The commands that say {@link #begin()}. */
    String mark() {
        return nonce.isEmpty() ? "" : "echo " + begin() + "; echo " + begin() + " >&2\n";
    }

    /** What ends the lines that are dropped. */
    String opening() {
        return way == Way.ASKED ? nonce + "\n" : "";
    }

    /**
     * sudo is outside of the time limit, because a user's timeout may not kill what root runs. A password that sudo did
     * not read after all would be read by the shell: what comes before the nonce is dropped.
     */
    List<String> arguments(List<String> limited, String reader) {
        List<String> words = new ArrayList<>();
        if (way == Way.SILENTLY) {
            words.addAll(List.of("env", "LC_ALL=C", "sudo", "-n"));
        } else if (way == Way.ASKED) {
            words.addAll(List.of("env", "LC_ALL=C", "sudo", "-S", "-p", prompt()));
        }
        words.addAll(limited);
        words.addAll(shell(reader));
        return tty && way != Way.NOT ? withTerminal(words) : List.copyOf(words);
    }

    private List<String> shell(String reader) {
        if (way == Way.ASKED) {
            String drop = "echo " + ready() + " >&2; while IFS= read -r l && [ \"$l\" != " + nonce
                    + " ]; do :; done; [ \"$l\" = " + nonce + " ] || exit 75; ";
            return List.of("sh", "-c", drop + reader);
        }
        return reader.equals("exec sh -s") ? List.of("sh", "-s") : List.of("sh", "-c", reader);
    }

    /** script(1) makes the terminal; the streams go past it, so that they stay three and carry any byte. */
    private static List<String> withTerminal(List<String> words) {
        String inside = "exec <&3 >&4 2>&5 3<&- 4>&- 5>&-; exec "
                + String.join(" ", words.stream().map(Envelope::quoted).toList());
        String outside = "exec 3<&0 4>&1 5>&2; exec script -qec " + Envelope.quoted(inside)
                + " /dev/null </dev/null >/dev/null 2>&1";
        return List.of("env", "SHELL=/bin/sh", "sh", "-c", outside);
    }
}
