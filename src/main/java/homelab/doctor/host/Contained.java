package homelab.doctor.host;

import homelab.doctor.House;
import homelab.model.Node;
import homelab.probe.Probe;

/** Whether a host is a container: its kernel, clock, load and hardware are then its machine's, and not judged as its own. */
final class Contained {
    static final String WHY = "a container has its machine's";

    static final Probe<Boolean> PROBE = Probe.yes(
            "doctor:contained",
            "[ -e /.dockerenv ] || [ -e /run/.containerenv ] || systemd-detect-virt --quiet --container");

    private Contained() {}

    /** Where it could not be asked, a machine of its own. */
    static boolean is(House house, Node node) {
        return house.reading(node, PROBE).known().orElse(false);
    }
}
