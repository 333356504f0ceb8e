package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that a service reads when it starts: written, and the service told of it. That the service has still to be
 * told is remembered in /run on the host, so a run that dies between the two is taken up again by the next one.
 *
 * @param service for people, "systemd-journald"
 * @param tell sh that makes the running service notice, such as {@code systemctl restart NAME}
 */
public record ServiceConfig(TextFile file, String service, String tell) implements Resource {

    @Override
    public String id() {
        return file.id();
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(file.probes().get(0), untold());
    }

    private Probe<Boolean> untold() {
        return Probe.yes("untold:" + file.path(), "[ -e " + marker() + " ]");
    }

    /** /run is empty after a boot, and a boot tells every service. */
    private String marker() {
        return Sh.quote("/run/homelab/untold" + file.path().replace('/', '_'));
    }

    @Override
    public Status status(Readings readings) {
        Status written = file.status(readings);
        boolean untold = readings.of(untold()).known().orElse(false);
        if (!untold) {
            return readings.of(untold()) instanceof Reading.Unknown<Boolean> unknown
                    ? new Status.Unknown(unknown.why())
                    : written;
        }
        List<Change> changes = new ArrayList<>(written instanceof Status.Drift drift ? drift.changes() : List.of());
        changes.add(new Change(service, "runs with the file as it was", "runs with the file as it is"));
        return new Status.Drift(changes, file.worst());
    }

    @Override
    public Deed deed() {
        String write = ((Deed.Shell) file.deed()).script();
        String remember = "mkdir -p /run/homelab\n: >" + marker() + "\n";
        return Deed.Shell.of("set -eu\n" + remember + write + tell + "\nrm -f " + marker() + "\n");
    }
}
