package homelab.resource;

/** The worst that a step may do, in rising order; the confirmation covers that and a run stops before more. */
public enum Worst {
    /** Only waits for something. */
    WAIT,
    CREATE,
    /** Changes something that is there without a running program noticing. */
    CHANGE,
    START,
    RESTART,
    REPLACE,
    DELETE,
    REBOOT;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
