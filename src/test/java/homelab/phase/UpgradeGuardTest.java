package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts;
import homelab.facts.SampleFacts;
import homelab.facts.SampleK3s;
import homelab.model.Cluster;
import homelab.model.K3sVersion;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.resource.DeployedImages;
import homelab.resource.DeprecatedApis;
import homelab.resource.LocalSh;
import homelab.resource.NodeList;
import homelab.storage.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpgradeGuardTest {
    private static final Storage NONE = new Storage(List.of(), List.of());

    /** Two Pis whose programs are of these releases, and are to be of 1.34. */
    private static Site site(String server, String agent) {
        Cluster two = SampleSite.twoPis().with(K3sVersion.parse("v1.34.3+k3s1"));
        Map<NodeName, Facts> facts = new HashMap<>();
        for (Node node : two.nodes()) {
            String version = node.isServer() ? server : agent;
            facts.put(
                    node.name(),
                    SampleFacts.fresh(node.name().text(), node.ip().toString())
                            .with(
                                    "k3s",
                                    SampleK3s.running(node.role().unit())
                                            .version(version)
                                            .state())
                            .build());
        }
        return new Site(two, facts, Optional.of(two.servers().get(0)), Map.of(), Optional.empty());
    }

    private static Readings told(String agentReady, String agentVersion, String metrics) {
        String node = """
                {"metadata":{"name":"%s"},"status":{"nodeInfo":{"kubeletVersion":"%s"},"conditions":[{"type":"Ready","status":"%s"}]}}""";
        String list = "{\"kind\":\"NodeList\",\"items\":[" + node.formatted("jarvis", "v1.33.4+k3s1", "True") + ","
                + node.formatted("ultron", agentVersion, agentReady) + "]}";
        Map<String, Reading<?>> readings = new HashMap<>();
        readings.put(NodeList.PROBE.id(), LocalSh.reading(NodeList.PROBE, 0, list));
        readings.put(DeprecatedApis.probe().id(), LocalSh.reading(DeprecatedApis.probe(), 0, metrics));
        return new Readings(readings);
    }

    private static List<String> refused(Site site, Readings told) {
        return new UpgradeGuard(site, NONE, true)
                .findings(told).stream()
                        .filter(Finding::refused)
                        .map(finding -> finding.problem().what())
                        .toList();
    }

    @Test
    void refusesWhileANodeIsAway() {
        assertThat(refused(site("v1.33.4+k3s1", "v1.33.4+k3s1"), told("Unknown", "v1.33.4+k3s1", "")))
                .containsExactly("not while another node is out of service");
        assertThat(refused(site("v1.33.4+k3s1", "v1.33.4+k3s1"), told("True", "v1.33.4+k3s1", "")))
                .isEmpty();
    }

    @Test
    void tellsWhatDoesNotGoWithAnotherMinorAndWhatIsNewInIt() {
        String images = "\"image\":\"quay.io/argoproj/argocd:v2.14.21\"";
        Map<String, Reading<?>> readings = new HashMap<>();
        Readings ready = told("True", "v1.33.4+k3s1", "");
        readings.put(NodeList.PROBE.id(), ready.of(NodeList.PROBE));
        readings.put(DeprecatedApis.probe().id(), ready.of(DeprecatedApis.probe()));
        readings.put(DeployedImages.probe().id(), LocalSh.reading(DeployedImages.probe(), 0, images));
        Readings told = new Readings(readings);

        assertThat(what(site("v1.33.4+k3s1", "v1.33.4+k3s1"), told))
                .anyMatch(what -> what.startsWith("Argo CD 2.14.21"))
                .anyMatch(what -> what.startsWith("k3s brings along: etcd 3.5.21"));
        assertThat(what(site("v1.34.3+k3s1", "v1.33.4+k3s1"), told)).anyMatch(what -> what.startsWith("Argo CD"));
        assertThat(what(site("v1.34.1+k3s1", "v1.34.1+k3s1"), told)).noneMatch(what -> what.startsWith("Argo CD"));
        assertThat(what(site("v1.34.3+k3s1", "v1.34.3+k3s1"), told)).noneMatch(what -> what.startsWith("k3s brings"));
    }

    private static List<String> what(Site site, Readings told) {
        return new UpgradeGuard(site, NONE, true)
                .findings(told).stream()
                        .map(finding -> finding.problem().what())
                        .toList();
    }

    @Test
    void refusesWhileAHostIsSilentThoughTheApiStillCallsItReady() {
        Site both = site("v1.33.4+k3s1", "v1.33.4+k3s1");
        Map<NodeName, Facts> one = new HashMap<>(both.facts());
        one.remove(new NodeName("ultron"));
        Site half = new Site(both.cluster(), one, both.leader(), Map.of(), Optional.empty());

        assertThat(refused(half, told("True", "v1.33.4+k3s1", "")))
                .containsExactly("not while another node does not answer");
    }

    @Test
    void goesOnWithANodeThatTheNewProgramHasNotBroughtUpYet() {
        assertThat(refused(site("v1.34.3+k3s1", "v1.34.3+k3s1"), told("Unknown", "v1.33.4+k3s1", "")))
                .isEmpty();
    }

    @Test
    void namesOldFormsOfTheApiThatSomebodyAsksFor() {
        String metrics = """
                apiserver_requested_deprecated_apis{group="flowcontrol.apiserver.k8s.io",removed_release="1.34",resource="flowschemas",subresource="",version="v1beta3"} 1
                apiserver_requested_deprecated_apis{group="",removed_release="",resource="endpoints",subresource="",version="v1"} 1
                apiserver_requested_deprecated_apis{group="x",removed_release="1.40",resource="ys",subresource="",version="v1"} 0
                """;

        List<Finding> findings = new UpgradeGuard(site("v1.34.2+k3s1", "v1.34.2+k3s1"), NONE, true)
                .findings(told("True", "v1.33.4+k3s1", metrics));

        assertThat(findings)
                .extracting(finding ->
                        finding.severity().word() + " " + finding.problem().what())
                .containsExactly(
                        "warn flowcontrol.apiserver.k8s.io/v1beta3 flowschemas: somebody asks for it, and v1.34.3+k3s1 no longer has it",
                        "note v1 endpoints: somebody asks for this old form of the API",
                        "warn the API is away for about a minute");
    }

    @Test
    void saysWhereThereIsNoSnapshotToGoBackTo() {
        assertThat(new UpgradeGuard(site("v1.33.4+k3s1", "v1.33.4+k3s1"), NONE, false)
                        .findings(told("True", "v1.33.4+k3s1", "")))
                .extracting(finding -> finding.problem().what())
                .contains("there will be no snapshot to go back to");
    }

    @Test
    void aSnapshotIsTakenAsLongAsANodeIsOld() {
        Site half = site("v1.34.3+k3s1", "v1.33.4+k3s1");
        Site done = site("v1.34.3+k3s1", "v1.34.3+k3s1");
        Node server = half.cluster().servers().get(0);
        List<Phase> bootstrap = List.of(new HostPhase(), new ServerPhase());

        assertThat(new UpgradePhases(half, server, 1).of(bootstrap, true))
                .extracting(Phase::name)
                .containsExactly("snapshot", "keep", "server");
        assertThat(new UpgradePhases(done, server, 1).of(bootstrap, true))
                .extracting(Phase::name)
                .containsExactly("keep", "server");
        assertThat(new UpgradePhases(half, server, 1).of(bootstrap, false))
                .extracting(Phase::name)
                .containsExactly("keep", "server");
    }
}
