package homelab.resource.harden;

/** A piece of a {@link Measure}. */
public sealed interface Part {

    /** A file of ours. @param mode octal, "0644" */
    record Text(String path, String text, String mode) implements Part {}

    /**
     * A unit of ours that starts at boot.
     *
     * @param now whether it runs from now on too; one that has its moment at boot does not
     */
    record Unit(String name, boolean now) implements Part {}

    /**
     * A setting in effect.
     *
     * @param name for people, "kernel.softlockup_panic"
     * @param shell sh that prints its value, or nothing where there is none
     */
    record Live(String name, String shell, String wanted) implements Part {}
}
