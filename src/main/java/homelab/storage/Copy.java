package homelab.storage;

/**
 * One copy of a volume's data.
 *
 * @param node where it lies; "" when nobody has decided yet
 */
public record Copy(String node, Health health) {

    /** Whether the data could be read from it. */
    public enum Health {
        HEALTHY,
        /** It is being filled from another copy. */
        REBUILDING,
        FAILED
    }
}
