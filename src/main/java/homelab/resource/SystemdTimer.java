package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.util.List;

/**
 * A timer of systemd with what it starts, by the texts that are wanted now, or neither.
 *
 * @param name of both units, without what tells them apart: "homelab-drill"
 * @param service the unit's text
 * @param timer the timer's text; empty when there is to be none
 */
public record SystemdTimer(String name, String service, String timer) implements Resource {
    private static final String UNITS = "/etc/systemd/system/";

    /** Both texts and whether it is on; nothing where there is none. */
    private static final String LOOK = """
            u=%1$s%2$s
            cat $u.service $u.timer 2>/dev/null
            if [ -e $u.timer ]; then systemctl is-enabled %2$s.timer; systemctl is-active %2$s.timer; fi
            :
            """;

    @Override
    public String id() {
        return "timer " + name;
    }

    private Probe<String> probe() {
        return Probe.text("timer:" + name, LOOK.formatted(UNITS, name));
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        String wanted = timer.isEmpty() ? "" : (service + timer + "enabled\nactive").strip();
        return Status.of(
                readings.of(probe()),
                seen -> seen.strip().equals(wanted)
                        ? Status.SAME
                        : Status.drift(
                                timer.isEmpty() ? Worst.CHANGE : Worst.CREATE,
                                id(),
                                seen.isBlank() ? "absent" : "another",
                                timer.isEmpty() ? "absent" : "on"));
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of(timer.isEmpty() ? without() : with());
    }

    private String with() {
        String unit = UNITS + name;
        return "set -eu\n" + FileWrite.PUT
                + Sh.feed(service, "put " + unit + ".service 0644 root:root")
                + Sh.feed(timer, "put " + unit + ".timer 0644 root:root")
                + "systemctl daemon-reload\nsystemctl enable -q " + name + ".timer\n"
                + "systemctl restart " + name + ".timer\n";
    }

    private String without() {
        String unit = UNITS + name;
        return "systemctl disable -q --now " + name + ".timer 2>/dev/null || :\nrm -f " + unit + ".service " + unit
                + ".timer\nsystemctl daemon-reload\n";
    }
}
