package homelab.resource.reboot;

import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.util.List;

/** Why a host is to be booted, as it stands now. */
public interface BootReasons {

    /** To be asked on the host. */
    List<Probe<?>> probes();

    /** One line each; none when nothing waits for a boot. Not known where it could not be asked. */
    Reading<List<String>> of(Readings readings);
}
