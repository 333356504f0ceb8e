package homelab.check;

import static homelab.check.House.JARVIS;
import static homelab.check.House.ULTRON;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.check.ApiView.DeploymentView;
import homelab.check.ApiView.NodeView;
import homelab.check.ApiView.Status;
import homelab.check.Condition.Name;
import homelab.check.HostView.PeerView;
import homelab.model.Backend;
import homelab.model.Label;
import homelab.model.Role;
import homelab.model.Taint;
import homelab.probe.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionsTest {
    private final House house = new House();

    @Test
    void findsNothingWrongWithAHealthyHouse() {
        assertThat(house.judge()).allSatisfy(condition -> {
            assertThat(condition.verdict()).as(condition.toString()).isEqualTo(Verdict.TRUE);
            assertThat(condition.fix()).isEmpty();
        });
        assertThat(house.judge())
                .extracting(Condition::name)
                .containsOnly(
                        Name.HostReachable,
                        Name.UnitActive,
                        Name.ApiReady,
                        Name.NodeReady,
                        Name.PodNetwork,
                        Name.CoreDNSAvailable);
    }

    @Test
    void knowsNothingOfAHouseThatWasNotLookedAt() {
        house.hosts.clear();
        Snapshot nothing = new Snapshot(House.AT, Map.of(), ApiView.unknown("no server could be looked at"));

        assertThat(Conditions.judge(house.cluster, nothing))
                .isNotEmpty()
                .allMatch(condition -> condition.verdict() == Verdict.UNKNOWN);
    }

    @Test
    void tellsWhyAHostIsUnreachableAndJudgesNoPartOfItAsTrue() {
        house.hosts.put(ULTRON, new HostView.Unreachable("no route to 10.0.1.12", "switch it on"));

        Condition reachable = house.judge(Name.HostReachable, "ultron");
        assertThat(reachable.verdict()).isEqualTo(Verdict.FALSE);
        assertThat(reachable.why()).isEqualTo("no route to 10.0.1.12");
        assertThat(reachable.fix()).isEqualTo("switch it on");
        assertThat(house.judge(Name.UnitActive, "ultron").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(house.judge(Name.PodNetwork, "ultron").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(house.judge(Name.PodNetwork, "jarvis").verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void namesTheUnitThatFailed() {
        house.hosts.put(ULTRON, House.unit("loaded", "failed", "failed"));

        Condition unit = house.judge(Name.UnitActive, "ultron");
        assertThat(unit.verdict()).isEqualTo(Verdict.FALSE);
        assertThat(unit.why()).isEqualTo("k3s-agent is failed (failed)");
        assertThat(unit.fix()).contains("journalctl -u k3s-agent");
    }

    @Test
    void saysThatTheUnitIsNotInstalledRatherThanInactive() {
        house.hosts.put(JARVIS, House.unit("not-found", "inactive", "dead"));

        assertThat(house.judge(Name.UnitActive, "jarvis").why()).isEqualTo("k3s is not installed");
    }

    @Test
    void countsANodeWhoseKubeletFellSilentAsNotReady() {
        house.nodes = List.of(House.node("jarvis", true, "True"), House.node("ultron", false, "Unknown"));

        assertThat(house.judge(Name.NodeReady, "ultron").verdict()).isEqualTo(Verdict.FALSE);
        assertThat(house.judge(Name.NodeReady, "jarvis").verdict()).isEqualTo(Verdict.TRUE);
    }

    @Test
    void offersToJoinANodeThatIsNoMember() {
        house.nodes = List.of(House.node("jarvis", true, "True"));

        Condition ready = house.judge(Name.NodeReady, "ultron");
        assertThat(ready.verdict()).isEqualTo(Verdict.FALSE);
        assertThat(ready.fix()).isEqualTo("homelab join-node ultron");
    }

    @Test
    void namesThePairAndThePortWhenOnlyTheOverlayIsSilent() {
        house.hosts.put(JARVIS, House.host("10.42.0.0/24", Map.of(ULTRON, new PeerView(true, Optional.of(false)))));

        Condition network = house.judge(Name.PodNetwork, "jarvis");
        assertThat(network.verdict()).isEqualTo(Verdict.FALSE);
        assertThat(network.why())
                .contains("jarvis -> ultron")
                .contains("10.0.1.12 answers on the LAN")
                .contains("8472/udp");
        assertThat(network.fix()).contains("8472/udp").contains("vxlan");
    }

    @Test
    void namesThePortOfTheBackendThatIsInUse() {
        house.cluster = House.cluster(
                Backend.WIREGUARD, false, List.of(), House.server("jarvis", 11), House.agent("ultron", 12));
        house.hosts.put(JARVIS, House.host("10.42.0.0/24", Map.of(ULTRON, new PeerView(true, Optional.of(false)))));

        assertThat(house.judge(Name.PodNetwork, "jarvis").fix()).contains("51820/udp");
    }

    @Test
    void blamesTheLanAndNoPortWhenTheLanIsSilentToo() {
        house.hosts.put(JARVIS, House.host("10.42.0.0/24", Map.of(ULTRON, new PeerView(false, Optional.of(false)))));

        Condition network = house.judge(Name.PodNetwork, "jarvis");
        assertThat(network.verdict()).isEqualTo(Verdict.FALSE);
        assertThat(network.why()).contains("nor does 10.0.1.12 answer").doesNotContain("8472");
        assertThat(network.fix()).doesNotContain("8472").contains("cable");
    }

    @Test
    void cannotJudgeThePodNetworkBeforeFlannelHasRun() {
        house.hosts.put(ULTRON, House.unit("loaded", "active", "running"));
        house.hosts.put(JARVIS, House.host("10.42.0.0/24", Map.of(ULTRON, new PeerView(true, Optional.empty()))));

        assertThat(house.judge(Name.PodNetwork, "ultron").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(house.judge(Name.PodNetwork, "jarvis").verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void judgesNoPodNetworkWhereThereIsNone() {
        house.cluster = House.cluster(House.server("jarvis", 11));
        assertThat(house.judges(Name.PodNetwork)).isFalse();

        house.cluster =
                House.cluster(Backend.NONE, false, List.of(), House.server("jarvis", 11), House.agent("ultron", 12));
        assertThat(house.judges(Name.PodNetwork)).isFalse();
    }

    @Test
    void asksForAVoteInEtcdOnlyWhereThereIsAnEtcd() {
        assertThat(house.judges(Name.EtcdIsVoter)).isFalse();

        house.cluster =
                House.cluster(Backend.VXLAN, true, List.of(), House.server("jarvis", 11), House.agent("ultron", 12));
        Condition voter = house.judge(Name.EtcdIsVoter, "jarvis");
        assertThat(voter.verdict()).isEqualTo(Verdict.FALSE);
        assertThat(house.judge())
                .noneMatch(condition -> condition.name() == Name.EtcdIsVoter
                        && condition.subject().equals("ultron"));
    }

    @Test
    void seesTheVoteOfAMember() {
        NodeView plain = House.node("jarvis", true, "True");
        house.nodes = List.of(
                new NodeView(
                        plain.name(),
                        true,
                        plain.version(),
                        plain.created(),
                        plain.ready(),
                        Optional.of(new Status("True", "MemberNotLearner", "Node is a voting member")),
                        Map.of(),
                        List.of()),
                House.node("ultron", false, "True"));

        assertThat(house.judge(Name.EtcdIsVoter, "jarvis").verdict()).isEqualTo(Verdict.TRUE);
    }

    @Test
    void listsLabelsAndTaintsThatAreNotSet() {
        house.cluster = House.cluster(
                House.server("jarvis", 11),
                House.node(
                        "ultron",
                        Role.AGENT,
                        12,
                        List.of(new Label("disk", "ssd")),
                        List.of(Taint.parse("dedicated=storage:NoSchedule"))));

        Condition labels = house.judge(Name.LabelsSet, "ultron");
        assertThat(labels.verdict()).isEqualTo(Verdict.FALSE);
        assertThat(labels.why()).contains("label disk=ssd").contains("taint dedicated=storage:NoSchedule");
    }

    @Test
    void tellsADeadApiFromOneThatCouldNotBeAsked() {
        house.ready = House.known(false);
        assertThat(house.judge(Name.ApiReady, "cluster").verdict()).isEqualTo(Verdict.FALSE);

        house.ready = new Reading.Unknown<>("timed out after 15 s");
        Condition api = house.judge(Name.ApiReady, "cluster");
        assertThat(api.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(api.why()).isEqualTo("timed out after 15 s");
    }

    @Test
    void missesCoreDnsUnlessTheInventoryDoesWithoutIt() {
        house.coreDns = House.known(Optional.of(new DeploymentView(1, 0)));
        assertThat(house.judge(Name.CoreDNSAvailable, "cluster").why()).isEqualTo("0 of 1 CoreDNS pods are available");
        house.coreDns = House.known(Optional.empty());
        assertThat(house.judge(Name.CoreDNSAvailable, "cluster").verdict()).isEqualTo(Verdict.FALSE);

        house.cluster = House.cluster(
                Backend.VXLAN, false, List.of("coredns"), House.server("jarvis", 11), House.agent("ultron", 12));
        assertThat(house.judges(Name.CoreDNSAvailable)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void areDocumentedByName(Name name) throws IOException {
        assertThat(Path.of("docs/reference/conditions.md")).content().contains("\n| `" + name + "` |");
        assertThat(Files.readString(Path.of("docs/reference/conditions.md"))).contains(name.whenFalse());
    }
}
