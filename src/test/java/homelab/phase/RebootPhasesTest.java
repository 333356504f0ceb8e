package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.drain.Elsewhere;
import homelab.drain.RebootMark;
import homelab.facts.Facts;
import homelab.facts.SampleFacts;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.resource.Exports;
import homelab.resource.LocalSh;
import homelab.resource.NodeList;
import homelab.resource.reboot.BootReasons;
import homelab.resource.snapshot.SavedSnapshot;
import homelab.storage.Storage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RebootPhasesTest {
    private static final Cluster HA = SampleSite.haMixed();
    private static final Cluster TWO = SampleSite.twoPis();
    private static final BootReasons NEVER = new BootReasons() {
        @Override
        public List<Probe<?>> probes() {
            return List.of();
        }

        @Override
        public Reading<List<String>> of(Readings readings) {
            return new Reading.Known<>(List.of());
        }
    };

    /** All servers answer but these; the first leads. */
    private static Site site(Cluster cluster, String... down) {
        Map<NodeName, Facts> facts = new HashMap<>();
        for (Node node : cluster.nodes()) {
            var fresh = SampleFacts.fresh(node.name().text(), node.ip().toString());
            if (node.isServer() && !List.of(down).contains(node.name().text())) {
                fresh = fresh.with("k3s", SampleFacts.server("aa".repeat(32), "etcd"));
            }
            facts.put(node.name(), fresh.build());
        }
        return new Site(cluster, facts, Optional.of(cluster.servers().get(0)), Map.of(), Optional.empty());
    }

    private static Rebooting one(Node node) {
        return new Rebooting(node, new RebootMark("boot", "now", false, true), true, false, Set.of());
    }

    private static RebootPhases phases(Cluster cluster, int atOnce) {
        Optional<SavedSnapshot> snapshot = Optional.of(
                new SavedSnapshot("home", cluster.servers().get(0).name(), "before-reboot", "/snapshots", Set.of()));
        return new RebootPhases(site(cluster), Duration.ofMinutes(1), atOnce, Optional.empty(), Set.of(), snapshot);
    }

    private static List<String> told(Cluster cluster, int atOnce, Stream<Rebooting> nodes) {
        return told(phases(cluster, atOnce), cluster, nodes);
    }

    private static List<String> told(RebootPhases phases, Cluster cluster, Stream<Rebooting> nodes) {
        return phases.of(nodes.toList()).stream()
                .flatMap(phase -> phase.steps(site(cluster)).stream())
                .map(step -> step.phase() + " " + step.target() + ": "
                        + step.resource().id())
                .toList();
    }

    @Test
    void agentsComeFirstAndTheServerThatLeadsLast() {
        assertThat(phases(HA, 1)
                        .batches(HA.nodes().stream().map(RebootPhasesTest::one).toList()))
                .extracting(Rebooting::names)
                .containsExactly("hulk", "friday", "vision", "jarvis");
    }

    @Test
    void aFewAgentsMayBeAwayAtOnceAndServersNever() {
        Node hulk = HA.agents().get(0);
        List<Rebooting> all = Stream.of(
                        hulk, hulk, hulk, HA.servers().get(1), HA.servers().get(2))
                .map(RebootPhasesTest::one)
                .toList();

        assertThat(phases(HA, 2).batches(all)).extracting(List::size).containsExactly(2, 1, 1, 1);
    }

    @Test
    void anAgentIsEmptiedBootedAndOpenedAgainByTheServerThatStays() {
        assertThat(told(TWO, 1, TWO.agents().stream().map(RebootPhasesTest::one)))
                .containsExactly(
                        "mark jarvis: annotation homelab/reboot of ultron",
                        "drain jarvis: all other nodes in service",
                        "drain jarvis: volumes with all their copies",
                        "drain jarvis: pods of ultron",
                        "reboot ultron: reboot",
                        "reboot ultron: unit k3s-agent",
                        "uncordon jarvis: node ultron Ready",
                        "uncordon jarvis: own pods of ultron",
                        "uncordon jarvis: node ultron in service",
                        "uncordon jarvis: volumes with all their copies");
    }

    @Test
    void thePackagesOfAnEmptyHostAreRenewedBeforeItMayBeBooted() {
        RebootPhases plain = phases(TWO, 1);
        RebootPhases renewing = new RebootPhases(
                plain.site(),
                plain.limit(),
                1,
                plain.hours(),
                plain.ill(),
                plain.snapshot(),
                new OsRenewal(new Exports(Map.of()), NEVER));

        assertThat(told(renewing, TWO, TWO.agents().stream().map(RebootPhasesTest::one)))
                .containsSubsequence(
                        "drain jarvis: pods of ultron",
                        "reboot ultron: packages of the operating system",
                        "reboot ultron: reboot",
                        "reboot ultron: unit k3s-agent",
                        "uncordon jarvis: node ultron in service");
    }

    @Test
    void aServerIsBootedAfterASnapshotAndOpenedByAnotherOne() {
        assertThat(told(HA, 1, HA.servers().stream().limit(1).map(RebootPhasesTest::one)))
                .contains(
                        "snapshot jarvis: snapshot before-reboot",
                        "drain friday: pods of jarvis",
                        "reboot jarvis: API",
                        "reboot jarvis: etcd member jarvis",
                        "uncordon friday: node jarvis EtcdIsVoter");
    }

    @Test
    void whatWasBootedByARunThatBrokeOffIsNotEmptiedAgain() {
        Rebooting booted =
                new Rebooting(TWO.agents().get(0), new RebootMark("old", "then", false, false), true, true, Set.of());

        assertThat(told(TWO, 1, Stream.of(booted)))
                .doesNotContain("drain jarvis: pods of ultron")
                .contains("uncordon jarvis: node ultron in service");
    }

    private static List<Finding> findings(Site site, Storage storage, Node... nodes) {
        return new RebootGuard(site, List.of(nodes), storage).findings(IN_SERVICE, Map.of(), Map.of(), true);
    }

    /** Of an API that knows no Node that is away. */
    private static final Readings IN_SERVICE = new Readings(
            Map.of(NodeList.PROBE.id(), LocalSh.reading(NodeList.PROBE, 0, "{\"kind\":\"NodeList\",\"items\":[]}")));

    private static final Storage NONE = new Storage(List.of(), List.of());

    @Test
    void refusesWhereNobodyKnowsWhetherAnotherNodeIsAway() {
        assertThat(new RebootGuard(site(TWO), List.of(TWO.agents().get(0)), NONE)
                        .findings(Readings.NONE, Map.of(), Map.of(), true))
                .filteredOn(Finding::refused)
                .extracting(finding -> finding.problem().what())
                .containsExactly("nobody knows whether another node is out of service");
    }

    @Test
    void saysForHowLongTheApiIsAwayWithTheOnlyServer() {
        assertThat(findings(site(TWO), NONE, TWO.servers().get(0)))
                .singleElement()
                .matches(finding -> !finding.refused())
                .extracting(finding -> finding.problem().what())
                .isEqualTo("the API is away for about 2 minutes while jarvis reboots");
    }

    @Test
    void refusesTheSecondOfThreeServersWhenOneIsDown() {
        assertThat(findings(site(HA, "vision"), NONE, HA.servers().get(1)))
                .singleElement()
                .matches(Finding::refused)
                .extracting(finding -> finding.problem().why())
                .isEqualTo("1 of 3 servers would be left that answer, and 2 are needed");
        assertThat(findings(site(HA), NONE, HA.servers().get(1))).isEmpty();
    }

    @Test
    void refusesTheMachineThatItRunsOn() {
        Node hulk = HA.agents().get(0);

        assertThat(findings(site(HA), NONE, hulk))
                .singleElement()
                .matches(Finding::refused)
                .extracting(finding -> finding.problem().what())
                .isEqualTo("hulk: homelab runs on it");
    }

    private static Storage volume(String... replicas) {
        return Storage.of(
                "{}",
                "{\"items\":[{\"metadata\":{\"name\":\"pvc-1\"},\"spec\":{\"size\":\"1\",\"numberOfReplicas\":2}}]}",
                "{\"items\":[" + String.join(",", replicas) + "]}",
                "");
    }

    private static String replica(String node, String healthy, String failed) {
        return "{\"spec\":{\"volumeName\":\"pvc-1\",\"nodeID\":\"" + node + "\",\"healthyAt\":\"" + healthy
                + "\",\"failedAt\":\"" + failed + "\"}}";
    }

    @Test
    void refusesWhileACopyOfAVolumeIsBeingFilled() {
        Storage filled = volume(replica("jarvis", "t", ""), replica("ultron", "", ""));

        assertThat(findings(site(TWO), filled, TWO.agents().get(0)))
                .singleElement()
                .matches(Finding::refused)
                .extracting(finding -> finding.problem().what())
                .isEqualTo("pvc-1: a copy of it is being filled");
    }

    @Test
    void refusesToTakeTheOnlyGoodCopyAway() {
        Storage ill = volume(replica("jarvis", "t", "t"), replica("ultron", "t", ""));

        assertThat(findings(site(TWO), ill, TWO.agents().get(0)))
                .singleElement()
                .matches(Finding::refused)
                .extracting(finding -> finding.problem().what())
                .isEqualTo("pvc-1: its only good copy would be away");
        assertThat(findings(site(HA), ill, HA.servers().get(2)))
                .as("it is elsewhere")
                .singleElement()
                .matches(finding -> !finding.refused());
    }

    @Test
    void saysWhatHasNowhereToGoAndThatNothingIsMoved() {
        String pod = """
                {"kind":"PodList","items":[{"metadata":{"namespace":"media","name":"jellyfin-0","ownerReferences":[
                  {"kind":"StatefulSet","name":"jellyfin","controller":true}]},"spec":{"nodeName":"jarvis"}}]}""";
        Elsewhere nowhere = Elsewhere.of("jarvis", pod, "{\"items\":[]}", "{\"items\":[]}");

        Node jarvis = HA.servers().get(0);
        assertThat(new RebootGuard(site(HA), List.of(jarvis), NONE)
                        .findings(IN_SERVICE, Map.of(jarvis, nowhere), Map.of(), true))
                .extracting(finding -> finding.problem().what())
                .containsExactly("jarvis: is not drained", "media: StatefulSet jellyfin has nowhere to go");
    }
}
