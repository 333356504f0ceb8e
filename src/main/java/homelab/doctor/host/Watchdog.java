package homelab.doctor.host;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.facts.Sections;
import homelab.model.Node;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** HOST-007: a hardware watchdog starts the host anew when the kernel hangs. */
final class Watchdog implements MachineCheck<Sections> {
    /** What the chip of a Raspberry Pi can count; more is taken and counted modulo 16 s. */
    private static final long PI_SECONDS = 15;

    private static final Probe<Sections> PROBE = Sections.probe("doctor:watchdog", Duration.ofSeconds(10), """
            w=/sys/class/watchdog/watchdog0
            section device; [ ! -e "$w" ] || echo there
            section identity; first "$w/identity"
            section state; first "$w/state"
            section timeout; first "$w/timeout"
            section systemd; systemctl show -p RuntimeWatchdogUSec --value 2>/dev/null
            section panic; cat /proc/sys/kernel/panic 2>/dev/null
            :
            """);

    @Override
    public String id() {
        return "HOST-007";
    }

    @Override
    public Probe<Sections> probe(Node node) {
        return PROBE;
    }

    @Override
    public String whose() {
        return "hardware";
    }

    @Override
    public Finding judgeMachine(House house, Node node, Sections seen) {
        String name = node.name().text();
        List<String> wrong = new ArrayList<>();
        if (seen.text("device").isEmpty()) {
            wrong.add("there is no /dev/watchdog0; on a Raspberry Pi: dtparam=watchdog=on in config.txt");
        } else {
            armed(seen, wrong);
        }
        if (seen.text("panic").equals("0")) {
            wrong.add("kernel.panic is 0: after a panic it stays where it is");
        }
        String state = "watchdog " + or(seen.text("identity")) + ", " + or(seen.text("state")) + ", timeout "
                + or(seen.text("timeout")) + " s, RuntimeWatchdogSec " + or(seen.text("systemd"));
        if (wrong.isEmpty()) {
            return pass(name, "a watchdog starts it anew when it hangs").by(state);
        }
        wrong.add(state);
        return warn(name, "nothing starts it anew when it hangs")
                .by(wrong)
                .fix("printf '[Manager]\\nRuntimeWatchdogSec=15\\nRebootWatchdogSec=15\\n' | sudo tee "
                        + "/etc/systemd/system.conf.d/10-watchdog.conf && sudo systemctl daemon-reexec");
    }

    /** The state tells whatever holds the device; systemd's setting is for kernels that do not show it. */
    private static void armed(Sections seen, List<String> wrong) {
        boolean active = seen.text("state").equals("active");
        boolean set = !seen.text("systemd").matches("0?|infinity");
        if (!active && !(set && seen.text("state").isEmpty())) {
            wrong.add("the watchdog is not armed");
        }
        long seconds = Words.number(seen.text("timeout")).orElse(0);
        if (seen.text("identity").contains("Broadcom BCM2835") && seconds > PI_SECONDS) {
            wrong.add("a timeout of " + seconds + " s is " + seconds % 16 + " s on a Raspberry Pi, which counts to 16");
        }
    }

    private static String or(String text) {
        return text.isEmpty() ? "unknown" : text;
    }
}
