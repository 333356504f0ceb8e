package homelab.recovery;

/**
 * A name that the kubelet asked for in vain, as the journal of this boot has it.
 *
 * @param container whether it is a container's and not a sandbox's
 * @param name POD_NAMESPACE_UID_ATTEMPT, a container's own in front of it
 * @param holder the id for which it is reserved
 * @param times how often
 * @param ago seconds since the last time
 */
public record Conflict(boolean container, String name, String holder, long times, long ago) {

    /** The pod's. */
    public String uid() {
        String[] words = name.split("_", -1);
        return words.length > 1 ? words[words.length - 2] : "";
    }

    /** The pod's namespace and name; neither may have a _ in it. */
    public String pod() {
        String[] words = name.split("_", -1);
        int first = container ? 1 : 0;
        return words.length > first + 1 ? words[first + 1] + "/" + words[first] : name;
    }
}
