package homelab.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.check.ApiView.NodeView;
import homelab.check.ApiView.Status;
import homelab.check.HostView.PeerView;
import homelab.model.NodeName;
import homelab.probe.Reading;
import homelab.problem.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotJsonTest {
    private final House house = new House();

    @Test
    void comesBackAsItWasWritten() {
        house.hosts.put(new NodeName("friday"), new HostView.Unreachable("no route", "switch it on"));
        house.hosts.put(new NodeName("vision"), unreadable());
        house.hosts.put(
                House.JARVIS, House.host("10.42.0.0/24", Map.of(House.ULTRON, new PeerView(true, Optional.empty()))));
        house.nodes = List.of(full());
        house.coreDns = House.known(Optional.empty());
        house.ready = new Reading.Unknown<>("timed out");

        assertThat(SnapshotJson.read(SnapshotJson.write(house.snapshot()))).isEqualTo(house.snapshot());
    }

    @Test
    void isJudgedTheSameAfterwards() {
        assertThat(Conditions.judge(house.cluster, SnapshotJson.read(SnapshotJson.write(house.snapshot()))))
                .isEqualTo(house.judge());
    }

    @Test
    void judgesAPartThatIsMissingAsUnknown() {
        Snapshot half =
                SnapshotJson.read("{\"snapshot\": 1, \"at\": \"2026-01-14T05:00:00Z\", \"hosts\": {\"jarvis\": {}}}");

        assertThat(Conditions.judge(house.cluster, half))
                .filteredOn(condition -> condition.name() != Condition.Name.HostReachable)
                .allMatch(condition -> condition.verdict() == Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "not json",
                "{\"snapshot\": 2}",
                "{\"snapshot\": 1}",
                "{\"snapshot\": 1, \"at\": \"2026-01-14T05:00:00Z\", \"hosts\": {\"jarvis\": {\"unit\": {\"value\": {}}}}}"
            })
    void refusesWhatIsNoSnapshotOfThisVersion(String json) {
        assertThatThrownBy(() -> SnapshotJson.read(json))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.problems().get(0).what())
                                .isEqualTo("the snapshot cannot be judged"));
    }

    private static HostView unreadable() {
        return new HostView.Reached(
                new Reading.Unknown<>("connection lost"),
                new Reading.Unknown<>("connection lost"),
                new Reading.Unknown<>("connection lost"));
    }

    private static NodeView full() {
        return new NodeView(
                "jarvis",
                true,
                "v1.33.4+k3s1",
                Optional.of(House.AT),
                new Status("False", "KubeletNotReady", "container runtime is down"),
                Optional.of(new Status("True", "MemberNotLearner", "")),
                Map.of("disk", "ssd"),
                List.of("dedicated=storage:NoSchedule"));
    }
}
