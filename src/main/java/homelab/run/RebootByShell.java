package homelab.run;

import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.Deed;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Restarts a host and asks for its boot id over new connections until it is another one. */
public final class RebootByShell implements Reboots {
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final UnaryOperator<Host> reconnect;
    private final Time time;

    /** @param reconnect closes the given host and connects it anew, or throws a Failure */
    public RebootByShell(UnaryOperator<Host> reconnect, Time time) {
        this.reconnect = reconnect;
        this.time = time;
    }

    @Override
    public void reboot(Host host, Deed.Reboot deed) {
        if (deed.alone()) {
            alone(host, deed);
        } else {
            awaited(host, deed);
        }
    }

    /** One host at a time, whatever runs beside. */
    private synchronized void alone(Host host, Deed.Reboot deed) {
        awaited(host, deed);
    }

    private void awaited(Host host, Deed.Reboot deed) {
        String before = bootId(host);
        Instant begin = time.now();
        host.run(Script.root("reboot", "nohup sh -c 'sleep 1; systemctl reboot' >/dev/null 2>&1 &\n", SHORT));
        while (true) {
            rest();
            if (cameBack(host, before)) {
                return;
            }
            if (Duration.between(begin, time.now()).compareTo(deed.limit()) > 0) {
                throw new Failure(Exit.FAILED, lost(host, deed));
            }
        }
    }

    private boolean cameBack(Host host, String before) {
        try {
            return !bootId(reconnect.apply(host)).equals(before);
        } catch (Failure notYet) {
            return false;
        }
    }

    private static String bootId(Host host) {
        Output output = host.run(Script.user("boot id", "cat /proc/sys/kernel/random/boot_id", SHORT));
        return output.text().strip();
    }

    private static Problem lost(Host host, Deed.Reboot deed) {
        return Problem.of(
                host.name() + ": did not come back from its reboot",
                "no answer with a new boot id in " + deed.limit().toSeconds() + " s",
                "look at its screen or power it off and on, then run the same command again");
    }

    private void rest() {
        try {
            time.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, Problem.of("interrupted", "", ""));
        }
    }
}
