package homelab.check;

/** How a condition stands. UNKNOWN means that it could not be looked at, and never counts as TRUE. */
public enum Verdict {
    TRUE,
    FALSE,
    UNKNOWN
}
