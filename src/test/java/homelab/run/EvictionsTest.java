package homelab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.drain.Emptying;
import homelab.drain.Terms;
import homelab.model.NodeName;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.resource.Deed;
import homelab.resource.Drained;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvictionsTest {
    private static final NodeName ULTRON = new NodeName("ultron");
    private static final String NODE = "{\"kind\": \"Node\", \"spec\": {\"unschedulable\": true}}";
    private static final String NO_BUDGETS = "{\"kind\": \"PodDisruptionBudgetList\", \"items\": []}";
    private static final String BUDGET = """
            {"kind": "PodDisruptionBudgetList", "items": [{"metadata": {"namespace": "default", "name": "few"},
              "spec": {"selector": {}}, "status": {"disruptionsAllowed": 0, "currentHealthy": 1, "desiredHealthy": 1,
              "expectedPods": 2}}]}
            """;

    private final List<String> asked = new ArrayList<>();
    private final List<Event> told = new ArrayList<>();
    private final Stop stop = new Stop();
    private Optional<String> refusal = Optional.empty();
    private Instant now = Instant.EPOCH;

    private final Time time = new Time() {
        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            now = now.plus(duration);
        }
    };

    /** A double that writes down what it is asked for. */
    private final Evictor evictor = new Evictor() {
        @Override
        public void cordon(NodeName node) {
            asked.add("cordon " + node);
        }

        @Override
        public Optional<String> evict(String namespace, String pod) {
            asked.add("evict " + pod);
            return refusal;
        }

        @Override
        public void delete(String namespace, String pod) {
            asked.add("delete " + pod);
        }

        @Override
        public void close() {}
    };

    private static String pod(String name, boolean ending) {
        return "{\"metadata\": {\"namespace\": \"default\", \"name\": \"" + name + "\""
                + (ending ? ", \"deletionTimestamp\": \"2026-01-01T00:00:00Z\"" : "")
                + ", \"ownerReferences\": [{\"kind\": \"StatefulSet\", \"name\": \"db\", \"controller\": true}]}}";
    }

    private static Emptying seen(String budgets, Terms terms, String... pods) {
        String list = "{\"kind\": \"PodList\", \"items\": [" + String.join(",", pods) + "]}";
        return Emptying.of(NODE, list, budgets, terms);
    }

    private void empty(Terms terms, int seconds, Emptying... looks) {
        Drained drained = new Drained(ULTRON, terms, Duration.ofSeconds(seconds));
        Step step = new Step("drain", new Target.OnHost(new NodeName("jarvis")), drained);
        List<Emptying> left = new ArrayList<>(List.of(looks));
        new Evictions(new Doing(new RunnerTest.NoDeeds(), (host, deed) -> {}, told::add, time), stop)
                .of(step, (Deed.Empty) drained.deed(), evictor, () -> left.size() > 1 ? left.remove(0) : left.get(0));
    }

    private static Terms forGood(String... forced) {
        return Terms.forGood(Set.of(forced));
    }

    @Test
    void closesTheNodeFirstAndAsksUntilAllAreGone() {
        empty(
                forGood(),
                60,
                seen(NO_BUDGETS, forGood(), pod("db-0", false), pod("db-1", false)),
                seen(NO_BUDGETS, forGood(), pod("db-1", true)),
                seen(NO_BUDGETS, forGood()));

        assertThat(asked).containsExactly("cordon ultron", "evict db-0", "evict db-1");
        assertThat(told).hasSize(2).first().extracting("waitingFor").isEqualTo("2 pods to leave");
    }

    @Test
    void asksAgainForWhatABudgetKeepsAndTellsItWhenTheTimeIsOver() {
        refusal = Optional.of("none may go now");

        assertThatThrownBy(() -> empty(forGood(), 3, seen(BUDGET, forGood(), pod("db-0", false), pod("db-1", true))))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.exit()).isEqualTo(Exit.FAILED);
                    assertThat(failure.problems().get(0).what()).isEqualTo("ultron: 2 pods have not left in 3 s");
                    assertThat(failure.problems().get(0).why())
                            .isEqualTo("default/db-0 (StatefulSet db): PodDisruptionBudget default/few wants 1 of 2 to"
                                    + " work, and 1 does\n"
                                    + "default/db-1 (StatefulSet db): was told to end, and has not yet");
                    assertThat(failure.problems().get(0).fix()).contains("--force", "kubectl uncordon ultron");
                });
        assertThat(asked).containsExactly("cordon ultron", "evict db-0", "evict db-0", "evict db-0", "evict db-0");
    }

    @Test
    void deletesWhatWasNamedInsteadOfAsking() {
        Terms named = forGood("default/db-0");

        empty(named, 60, seen(BUDGET, named, pod("db-0", false)), seen(BUDGET, named));

        assertThat(asked).containsExactly("cordon ultron", "delete db-0");
    }

    @Test
    void stopsBetweenTwoLooksWhenSomebodyWishesIt() {
        stop.wish();

        assertThatThrownBy(() -> empty(forGood(), 60, seen(NO_BUDGETS, forGood(), pod("db-0", false))))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.INTERRUPTED));
    }
}
