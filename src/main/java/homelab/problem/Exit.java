package homelab.problem;

/** How the program ends, as documented in docs/reference/exit-codes.md. The numbers are stable. */
public enum Exit {
    DONE(0),
    FAILED(1),
    USAGE(2),
    /** Only with {@code --exit-code} on verbs that just look: there is something to do. */
    TO_DO(3),
    /** Nothing could be looked at, or not all that was needed. */
    BLIND(4),
    LOCKED(5),
    /** A guard or a preflight check said no; nothing was changed. */
    REFUSED(6),
    INTERRUPTED(130);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
