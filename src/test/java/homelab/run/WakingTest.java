package homelab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.facts.SampleFacts;
import homelab.facts.SampleK3s;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.SampleSite;
import homelab.phase.Site;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WakingTest {
    private static final Cluster CLUSTER = SampleSite.twoPis();
    private static final Node SERVER = CLUSTER.servers().get(0);

    private final List<Event> told = new ArrayList<>();
    private final Deque<Site> looks = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;

    private final Waking waking = new Waking(this::next, told::add, new Time() {
        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            now = now.plus(duration);
        }
    });

    private Site next() {
        return looks.size() > 1 ? looks.pop() : looks.element();
    }

    private static Site site(SampleK3s k3s, boolean answers) {
        return new Site(
                CLUSTER,
                Map.of(
                        new NodeName("jarvis"),
                        SampleFacts.fresh("jarvis", "10.0.1.10")
                                .with("k3s", k3s.state())
                                .build()),
                answers ? Optional.of(SERVER) : Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    private static Site asleep(String state) {
        return site(SampleK3s.running("k3s").ca("aa").datastore("etcd").active(state), false);
    }

    private static Site awake() {
        return site(SampleK3s.running("k3s").ca("aa").datastore("etcd"), true);
    }

    @Test
    void asksNothingOfAClusterThatAnswersNorWhereThereIsNone() {
        Site bare = site(SampleK3s.none(), false);
        Site awake = awake();

        assertThat(waking.from(awake)).isSameAs(awake);
        assertThat(waking.from(bare)).isSameAs(bare);
        assertThat(told).isEmpty();
    }

    @Test
    void waitsForAnApiThatComesUpAndSaysSoOnce() {
        looks.addAll(List.of(asleep("activating"), asleep("active"), awake()));

        assertThat(waking.from(asleep("activating")).leader()).contains(SERVER);
        assertThat(told)
                .containsExactly(new Event.Note("waiting for an API that answers: k3s on jarvis is activating"));
        assertThat(Duration.between(Instant.EPOCH, now)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void doesNotWaitForWhatNobodyStarts() {
        assertThatThrownBy(() -> waking.from(asleep("failed"))).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.exit()).isEqualTo(Exit.BLIND);
            assertThat(failure.problems().get(0).why()).endsWith("k3s on jarvis is failed");
        });
        assertThat(told).isEmpty();
    }

    @Test
    void givesUpInTheEnd() {
        looks.add(asleep("activating"));

        assertThatThrownBy(() -> waking.from(asleep("activating"))).isInstanceOf(Failure.class);
        assertThat(Duration.between(Instant.EPOCH, now)).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
    }
}
