package homelab.drain;

import static homelab.drain.Told.CLOSED;
import static homelab.drain.Told.NODE;
import static homelab.drain.Told.NONE;
import static homelab.drain.Told.budget;
import static homelab.drain.Told.budgets;
import static homelab.drain.Told.json;
import static homelab.drain.Told.pod;
import static homelab.drain.Told.pods;
import static homelab.drain.Told.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class EmptyingTest {
    private static final Terms FOR_GOOD = Terms.forGood(Set.of());

    private static Emptying of(String node, String pods, String budgets, Terms terms) {
        return Emptying.of(json(node), pods, budgets, terms);
    }

    @Test
    void aPodOfADeploymentLeavesAndIsCalledByTheNameThatPeopleKnow() {
        Emptying emptying = of(NODE, pods(web("")), budgets(), FOR_GOOD);

        assertThat(emptying.leaving())
                .extracting(one -> one.pod().told())
                .containsExactly("default/web-abc-1 (Deployment web)");
        assertThat(emptying.done()).isFalse();
    }

    @Test
    void whatBelongsToTheNodeStays() {
        String daemon = pod("flannel-x", "{kind: DaemonSet, name: flannel, controller: true}", "");
        String mirror = pod("static-x", "{kind: Node, name: ultron, controller: true}", "");
        String finished = web("").replace("Running", "Succeeded");

        assertThat(of(CLOSED, pods(daemon, mirror, finished), budgets(), FOR_GOOD)
                        .done())
                .isTrue();
        assertThat(of(NODE, pods(), budgets(), FOR_GOOD).done()).as("open").isFalse();
    }

    @Test
    void aPodThatNobodyMakesAnewLeavesOnlyWhenItIsNamed() {
        String alone = pods(pod("toolbox", "", ""));

        assertThat(of(CLOSED, alone, budgets(), FOR_GOOD).alone())
                .extracting(Pod::title)
                .containsExactly("default/toolbox");
        Emptying named = of(CLOSED, alone, budgets(), Terms.forGood(Set.of("default/toolbox")));
        assertThat(named.alone()).isEmpty();
        assertThat(named.leaving()).hasSize(1);
        assertThat(of(CLOSED, alone, budgets(), Terms.FOR_A_WHILE).done())
                .as("its node comes back, and it with it")
                .isTrue();
    }

    @Test
    void aBudgetThatAllowsNoneNowIsWaitedForUnlessAllThatThereShouldBeMustWork() {
        Emptying now = of(NODE, pods(web("")), budgets(budget(0, 1, 2)), FOR_GOOD);
        Emptying never = of(NODE, pods(web("")), budgets(budget(0, 1, 1)), FOR_GOOD);
        Emptying open = of(NODE, pods(web("")), budgets(budget(1, 1, 2)), FOR_GOOD);

        assertThat(now.leaving().get(0).barred())
                .isEqualTo("PodDisruptionBudget default/web wants 1 of 2 to work, and 2 do");
        assertThat(now.barredForEver()).isEmpty();
        assertThat(never.barredForEver()).hasSize(1);
        assertThat(open.leaving().get(0).barred()).isEmpty();
    }

    @Test
    void aBudgetOfOtherPodsOrOfAnotherNamespaceIsNotInTheWay() {
        String other = budget(0, 1, 1).replace("app: web", "app: other");
        String far = budget(0, 1, 1).replace("namespace: default", "namespace: far");

        assertThat(of(NODE, pods(web("")), budgets(other, far), FOR_GOOD)
                        .leaving()
                        .get(0)
                        .barred())
                .isEmpty();
    }

    @Test
    void aPodThatDoesNotWorkMayGoWhereItsBudgetSaysSo() {
        String sick = web("").replace("status: True", "status: False");
        String lenient = budget(0, 1, 1).replace("spec: {", "spec: {unhealthyPodEvictionPolicy: AlwaysAllow, ");

        assertThat(of(NODE, pods(sick), budgets(lenient), FOR_GOOD).barredForEver())
                .isEmpty();
        assertThat(of(NODE, pods(web("")), budgets(lenient), FOR_GOOD).barredForEver())
                .hasSize(1);
    }

    @Test
    void theBudgetOfSomebodyWhoLiftsItHimselfIsWaitedFor() {
        String manager = pod("manager", "{kind: InstanceManager, name: manager, controller: true}", "");

        assertThat(of(NODE, pods(manager), budgets(budget(0, 1, 1)), FOR_GOOD).barredForEver())
                .isEmpty();
    }

    @Test
    void aPodThatWasNamedGoesInSpiteOfItsBudget() {
        Emptying emptying =
                of(NODE, pods(web("")), budgets(budget(0, 1, 1)), Terms.forGood(Set.of("default/web-abc-1")));

        assertThat(emptying.barredForEver()).isEmpty();
        assertThat(emptying.leaving().get(0).forced()).isTrue();
    }

    @Test
    void aNodeThatTheClusterDoesNotHaveIsEmpty() {
        assertThat(of(NONE, pods(), budgets(), FOR_GOOD).done()).isTrue();
    }

    @Test
    void anAnswerThatIsNoListIsNotAnEmptyList() {
        String refused = "{\"kind\": \"Status\", \"code\": 403, \"message\": \"forbidden\"}";

        assertThatThrownBy(() -> of(NODE, refused, budgets(), FOR_GOOD)).hasMessageContaining("forbidden");
        assertThatThrownBy(() -> of(NODE, pods(), refused, FOR_GOOD)).hasMessageContaining("forbidden");
        assertThatThrownBy(() -> Emptying.of(refused, pods(), budgets(), FOR_GOOD))
                .hasMessageContaining("forbidden");
    }
}
