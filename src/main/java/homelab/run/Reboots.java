package homelab.run;

import homelab.host.Host;
import homelab.resource.Deed;

/** Restarts a host and waits until it answers with another boot id; the host is connected anew. */
public interface Reboots {

    void reboot(Host host, Deed.Reboot deed);
}
