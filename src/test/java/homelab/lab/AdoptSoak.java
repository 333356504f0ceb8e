package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three servers and two agents of each tool are taken over with the inventory that {@code init} writes of them: what is
 * equal goes on running, what is not is restarted one by one. Run by hand; what has passed is kept in {@code target/soak}.
 */
@ExtendWith(InLab.class)
@Timeout(900)
class AdoptSoak {
    private static final SoakTable TABLE = SoakTable.of("adoption");
    private static final int ROUND_TRIPS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"install-script", "k3s-ansible", "k3sup"})
    void takesOverWhatIsEqualWhileItRunsAndRollsTheRest(String tool, Labs labs) {
        if (TABLE.has(tool)) {
            return;
        }
        Others others = Others.madeBy(labs, tool);
        others.written();
        Map<String, Life> before = others.lives();
        Run plan = others.run("plan", "--adopt", "-v");
        Map<String, Long> trips = roundTrips(others, plan);
        assertThat(trips)
                .hasSize(5)
                .allSatisfy((node, count) -> assertThat(count).as(node).isBetween(1L, (long) ROUND_TRIPS));
        long began = System.nanoTime();

        others.done("bootstrap", "--adopt", "--yes");

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        Map<String, Life> after = others.lives();
        List<String> restarted = Life.restarted(before, after);
        assertThat(restarted).hasSameSizeAs(planned(plan));
        Life.oneByOne(restarted, after);
        before.forEach((node, life) ->
                assertThat(after.get(node).containers()).as(node).containsAll(life.containers()));
        others.done("plan", "--exit-code");
        String rest = writtenAnew(others);
        TABLE.keep("| " + tool + " | "
                + trips.values().stream().max(Long::compare).orElseThrow() + " | "
                + (restarted.isEmpty() ? "none" : String.join(", ", restarted)) + " | " + seconds + " s | " + rest
                + " |\n");
    }

    private static Map<String, Long> roundTrips(Others others, Run plan) {
        Map<String, Long> trips = new TreeMap<>();
        others.nodes()
                .forEach(node -> trips.put(
                        node,
                        plan.err()
                                .lines()
                                .filter(line -> line.strip().startsWith(node + ": look at"))
                                .count()));
        return trips;
    }

    private static List<String> planned(Run plan) {
        return plan.out()
                .lines()
                .filter(line -> line.matches(" *restart +service k3s(-agent)?"))
                .toList();
    }

    /** What init writes of the cluster that is homelab's now: what a plan with it would change. */
    private static String writtenAnew(Others others) {
        others.written();
        others.done("validate");
        Run plan = others.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.err()).isIn(Exit.DONE, Exit.TO_DO);
        return plan.exit() == Exit.DONE
                ? "nothing to do"
                : plan.out()
                        .lines()
                        .filter(line -> line.matches(" +(create|change|start|restart|replace|delete) .*"))
                        .map(line -> line.strip().replaceAll(" +", " "))
                        .collect(Collectors.joining(", "));
    }
}
