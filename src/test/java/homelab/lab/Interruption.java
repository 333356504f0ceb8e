package homelab.lab;

import homelab.command.Run;
import homelab.problem.Exit;
import java.time.Duration;

/** What ends a run in its midst, and how the next one is begun. */
enum Interruption {
    /** kill -9 of homelab: nobody tidies up. */
    KILLED {
        @Override
        Said hit(Lab lab, Launched run) {
            return run.signal("KILL").end();
        }
    },
    /** All hosts lose their link for twelve seconds; whatever the run makes of that. */
    CUT_OFF {
        @Override
        Said hit(Lab lab, Launched run) {
            lab.nodeNames().forEach(node -> lab.on(node, """
                    way=$(ip route show default | head -n 1)
                    setsid sh -c "ip link set eth0 down; sleep 12; ip link set eth0 up; ip route replace $way" >/dev/null 2>&1 &
                    """));
            Said said = run.end();
            Launched.eventually(
                    "the hosts are back",
                    () -> lab.nodeNames().stream()
                            .allMatch(node -> lab.tried(node, "ip route show default | grep -q .")
                                            .exit()
                                    == 0));
            return said;
        }
    },
    /** kill -9 of every sshd; systemd starts the one that listens again. */
    SSHD_KILLED {
        @Override
        Said hit(Lab lab, Launched run) {
            lab.nodeNames().forEach(node -> lab.tried(node, "pkill -9 sshd; sleep 1; systemctl restart ssh"));
            return run.end();
        }
    };

    private static final Duration ORPHAN = Duration.ofSeconds(2);
    private static final int TRIES = 30;

    abstract Said hit(Lab lab, Launched run);

    /** The next run: for half a minute the last one's script may still be at work on a host, and is named. */
    static Run goingOn(Homelab homelab) {
        return goingOn(homelab, "bootstrap", "--yes");
    }

    static Run goingOn(Homelab homelab, String... words) {
        Run run = homelab.run(words);
        for (int i = 0; i < TRIES && run.exit() == Exit.LOCKED; i++) {
            Launched.pause(ORPHAN);
            run = homelab.run(words);
        }
        return run;
    }
}
