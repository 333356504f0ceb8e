package homelab.resource;

import homelab.probe.Probe;

/** Whether a host is a container, which has its machine's kernel, clock and swap and may not turn them. */
public final class Container {
    /** sh that ends with 0 in a container. What leaves a trace is not asked for with a program. */
    public static final String TEST =
            "[ -e /.dockerenv ] || [ -e /run/.containerenv ] || systemd-detect-virt --quiet --container";

    public static final Probe<Boolean> PROBE = Probe.yes("in a container", TEST);

    private Container() {}
}
