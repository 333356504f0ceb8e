package homelab.recovery;

/** What kind of leftover a sandbox is, by its cause; docs/explanation tells of each. */
public enum Kind {
    /** The clock was set while k3s ran: the kubelet takes an old start for the latest and asks for a name that is taken. */
    A,
    /** CNI's note of it is broken, so that its network cannot be ended. */
    C,
    /** containerd was killed while it made it. */
    E,
    /** Dead, and it bars nobody. */
    NONE;

    /** As {@code decide} writes it. */
    String word() {
        return this == NONE ? "-" : name();
    }
}
