package homelab.recovery;

/** Something beside the sandboxes that the end of a node may leave. */
public sealed interface Leftover {

    /**
     * CNI's note of a sandbox's network, which does not end as JSON does.
     *
     * @param id the sandbox's, "-" when its name holds none
     * @param how empty or broken
     */
    record Cache(String id, String how, String file) implements Leftover {}

    /**
     * An address of the node's pods that is taken.
     *
     * @param id the sandbox's for which, "-" when the file says none
     * @param age seconds since it was taken
     */
    record Address(String ip, String id, long age) implements Leftover {}

    /** @param age seconds since it was started */
    record Shim(String id, String pid, long age) implements Leftover {}

    /** A driver's socket at which nobody listens. */
    record Socket(String file) implements Leftover {}
}
