package homelab.phase;

import homelab.resource.Resource;
import homelab.resource.reboot.Rebooted;
import java.util.List;

/** What is done to a host while nothing runs on it that could be elsewhere. */
public interface WhileEmpty {
    /** It is booted, and that is all. */
    WhileEmpty REBOOT = new WhileEmpty() {};

    /** Before it may be booted. */
    default List<Resource> before() {
        return List.of();
    }

    /** The boot, which may be one that is not needed. */
    default Resource boot(Rebooted boot) {
        return boot;
    }
}
