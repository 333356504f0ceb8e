package homelab.drain;

import java.util.Optional;

/**
 * What is written on a Node while it is to be rebooted, so that a run that breaks off is ended by the next one: a host with
 * another boot id than this has been rebooted and is only to be put back into service.
 *
 * @param bootId of the host, before (Linux, /proc/sys/kernel/random/boot_id)
 * @param since when the run began, RFC 3339
 * @param closed whether it took no new pods already, by somebody else's wish
 * @param all whether the run was one over all nodes
 */
public record RebootMark(String bootId, String since, boolean closed, boolean all) {
    /** The annotation of the Node. */
    public static final String KEY = "homelab/reboot";

    private static final String CLOSED = "closed";
    private static final String ALL = "all";

    /** Empty for what homelab does not write. */
    public static Optional<RebootMark> parse(String text) {
        String[] words = text.split(" ", -1);
        return words.length == 4
                ? Optional.of(new RebootMark(words[0], words[1], words[2].equals(CLOSED), words[3].equals(ALL)))
                : Optional.empty();
    }

    public String text() {
        return String.join(" ", bootId, since, closed ? CLOSED : "open", all ? ALL : "one");
    }
}
