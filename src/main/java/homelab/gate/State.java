package homelab.gate;

/** How something stands at a gate, in the order in which it is told. */
public enum State {
    /** Does not come by waiting. */
    BROKEN,
    /** Not yet, and may come by itself. */
    WAIT,
    /** Could not be looked at; never a pass. */
    UNKNOWN,
    /** Passes, and is worth telling. */
    NOTE,
    /** Of a node that does not answer, which gate 0 tells: the gates go on without it. */
    AWAY,
    PASS,
    /** The cluster has no such thing. */
    ABSENT;

    /** Whether the next gate need not wait for it. */
    public boolean passes() {
        return compareTo(UNKNOWN) > 0;
    }

    /** Whether it may be otherwise at the next look without a deed. */
    public boolean isOpen() {
        return this == WAIT || this == UNKNOWN;
    }
}
