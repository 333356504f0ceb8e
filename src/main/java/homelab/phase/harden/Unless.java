package homelab.phase.harden;

import homelab.resource.Container;
import homelab.resource.Sh;

/** sh that prints why something is not for a host, or nothing. */
final class Unless {
    static final String CONTAINER = inCase(Container.TEST, "a container has its machine's kernel, clock and disks");

    /** A busy minute of the host would be a reset: seen on an emulated agent, by its watchdog. */
    static final String VIRTUAL =
            inCase("systemd-detect-virt -q --vm", "a virtual machine stands still whenever its host is busy");

    private Unless() {}

    /** @param test sh that ends with 0 when it is not for this host */
    static String inCase(String test, String why) {
        return "if { " + test + "; }; then echo " + Sh.quote(why) + "; exit; fi";
    }

    /** The first reason counts. */
    static String any(String... tests) {
        return String.join("\n", tests);
    }
}
