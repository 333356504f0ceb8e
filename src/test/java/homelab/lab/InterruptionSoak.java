package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two bare hosts become a cluster by runs none of which gets further than one thing: each is hit as soon as it has done
 * one, while it is at the next. So every step that the plan names is hit once, and every next run begins from what the
 * last one left. Run by hand; a chain that has passed is kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(3600)
class InterruptionSoak {
    private static final SoakTable TABLE = SoakTable.of("interruption");
    private static final Pattern DONE = Pattern.compile("\\d\\d:\\d\\d:\\d\\d (\\S+: .*) \\(\\d+\\.\\d s\\)");
    private static final int MOST = 200;

    @ParameterizedTest
    @EnumSource
    void comesToAnEndThoughEveryRunIsHit(Interruption how, Labs labs) {
        if (TABLE.has(how)) {
            return;
        }
        try (Lab lab = labs.own("interruption", "jarvis:server,ultron:agent")) {
            Homelab homelab = InLab.user(lab, "InterruptionSoak-" + how);
            long began = System.nanoTime();
            int hits = 0;
            while (hits < MOST && hit(lab, homelab, how)) {
                hits++;
            }
            Run plan = homelab.run("plan", "--exit-code");
            assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
            assertThat(lab.on("jarvis", "k3s kubectl get nodes --no-headers").lines())
                    .hasSize(2)
                    .allMatch(line -> line.matches("\\S+ +Ready .*"));
            long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
            TABLE.keep("| " + how + " | " + hits + " | " + seconds + " s |\n");
        }
    }

    /** Whether there was something to do, and it was hit. */
    private static boolean hit(Lab lab, Homelab homelab, Interruption how) {
        Launched run = Launched.homelab(homelab, "bootstrap", "--yes");
        run.until(
                "one more thing is done, or the run has ended", () -> !done(run).isEmpty() || !run.alive());
        List<String> done = done(run);
        if (done.isEmpty()) {
            Said said = run.end();
            boolean orphan = said.exit() == Exit.LOCKED.code();
            assertThat(orphan || said.exit() == 0).as(said.err()).isTrue();
            Launched.pause(Duration.ofSeconds(orphan ? 2 : 0));
            return orphan;
        }
        Said said = how.hit(lab, run);
        System.out.println(how + ": " + String.join(", ", done) + " -> " + said.exit());
        return true;
    }

    static List<String> done(Launched run) {
        return run.err()
                .lines()
                .map(DONE::matcher)
                .filter(matcher -> matcher.matches() && !matcher.group(1).endsWith("connected"))
                .map(matcher -> matcher.group(1))
                .toList();
    }
}
