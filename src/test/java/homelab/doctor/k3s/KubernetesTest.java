package homelab.doctor.k3s;

import static homelab.doctor.Verdict.FAIL;
import static homelab.doctor.Verdict.NOT_APPLICABLE;
import static homelab.doctor.Verdict.PASS;
import static homelab.doctor.Verdict.UNKNOWN;
import static homelab.doctor.Verdict.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.Houses;
import homelab.doctor.K3sAnswers;
import homelab.doctor.Verdict;
import homelab.model.Cluster;
import homelab.model.K3s;
import homelab.model.K3sVersion;
import homelab.model.Node;
import homelab.phase.Clusters;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Jarvis is the server, Ultron the agent; the inventory says v1.33.4+k3s1. */
class KubernetesTest {
    private static final Cluster TWO = Clusters.twoPis();
    private static final Node ULTRON = TWO.nodes().get(1);

    private static Cluster with(K3sVersion version, List<String> kubeletArgs) {
        K3s k3s = TWO.k3s();
        K3s other = new K3s(
                version,
                k3s.releases(),
                k3s.channels(),
                k3s.airgapImages(),
                k3s.tlsSans(),
                k3s.clusterInit(),
                k3s.secretsEncryption(),
                k3s.backend(),
                k3s.snapshots(),
                k3s.disable(),
                kubeletArgs,
                k3s.apiserverArgs(),
                k3s.config(),
                k3s.token(),
                Optional.empty());
        return new Cluster(TWO.name(), TWO.network(), other, TWO.knownHosts(), TWO.nodes(), TWO.addons());
    }

    private static Finding of(String subject, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private static String nodes(String jarvis, String ultron) {
        return "[{\"metadata\":{\"name\":\"jarvis\"},\"status\":{\"nodeInfo\":{\"kubeletVersion\":\"" + jarvis
                + "\"}}},{\"metadata\":{\"name\":\"ultron\"},\"status\":{\"nodeInfo\":{\"kubeletVersion\":\"" + ultron
                + "\"}}}]";
    }

    private static Verdict ultron(String inventory, String jarvis, String ultron) {
        Houses houses = Houses.of(with(K3sVersion.parse(inventory), List.of()))
                .lists(NodesAsDeclared.NODES, nodes(jarvis, ultron));
        return of("ultron", new Versions().judge(houses.house())).verdict();
    }

    @Test
    void aNodeThatIsClosedWarnsAndARebootThatBrokeOffIsEndedByItself() {
        String list = """
                [{"metadata":{"name":"jarvis","annotations":{"homelab/reboot":"boot then open one"}},"spec":{"unschedulable":true}},
                 {"metadata":{"name":"ultron"},"spec":{"unschedulable":true}}]""";

        List<Finding> findings = new NodesAsDeclared()
                .judge(Houses.of(TWO).lists(NodesAsDeclared.NODES, list).house());

        assertThat(findings)
                .filteredOn(finding -> finding.verdict() == WARN)
                .extracting(Finding::fix)
                .containsExactly("homelab reboot jarvis", "kubectl uncordon ultron");
    }

    @Test
    void versionsThatFitPass() {
        assertThat(ultron("v1.35.1+k3s1", "v1.35.1+k3s1", "v1.35.1+k3s1")).isEqualTo(PASS);
    }

    @Test
    void anAgentNewerThanItsServerFails() {
        assertThat(ultron("v1.35.1+k3s1", "v1.35.1+k3s1", "v1.36.0+k3s1")).isEqualTo(FAIL);
    }

    @Test
    void anAgentThreeMinorsBehindWarnsAndFourFail() {
        assertThat(ultron("v1.38.0+k3s1", "v1.38.0+k3s1", "v1.35.0+k3s1")).isEqualTo(WARN);
        assertThat(ultron("v1.38.0+k3s1", "v1.38.0+k3s1", "v1.34.0+k3s1")).isEqualTo(FAIL);
    }

    @Test
    void anotherVersionThanTheInventorysAndAnOldOneWarn() {
        assertThat(ultron("v1.35.2+k3s1", "v1.35.1+k3s1", "v1.35.1+k3s1")).isEqualTo(WARN);
        assertThat(ultron("v1.33.4+k3s1", "v1.33.4+k3s1", "v1.33.4+k3s1")).isEqualTo(WARN);
    }

    @Test
    void aVersionThatIsNotK3ssIsUnknown() {
        assertThat(ultron("v1.35.1+k3s1", "v1.35.1+k3s1", "v1.35.1")).isEqualTo(UNKNOWN);
        assertThat(new Versions().judge(Houses.twoPis().house()).get(0).verdict())
                .isEqualTo(UNKNOWN);
    }

    private static Finding flags(String annotation, String files) {
        String node = "[{\"metadata\":{\"name\":\"jarvis\",\"annotations\":{" + annotation + "}}}]";
        Houses houses = Houses.twoPis().lists(NodesAsDeclared.NODES, node).answers("jarvis", Flags.FILES, files);
        return new FlagsAsDeclared().judge(houses.house()).get(0);
    }

    private static String args(String words) {
        return "\"k3s.io/node-args\":\"[" + words.replace("'", "\\\"") + "]\"";
    }

    @Test
    void flagsAsInTheInventoryPass() {
        assertThat(flags(args("'server','--cluster-cidr','10.42.0.0/16'"), "")).satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(PASS);
            assertThat(finding.inferred()).isFalse();
        });
    }

    @Test
    void anotherPodNetworkFailsWhicheverWayItIsWritten() {
        assertThat(flags(args("'server','--cluster-cidr','10.50.0.0/16'"), "").verdict())
                .isEqualTo(FAIL);
        assertThat(flags(args("'server','--cluster-cidr=10.50.0.0/16'"), "").evidence())
                .containsExactly("cluster-cidr is 10.50.0.0/16, the inventory says 10.42.0.0/16");
        assertThat(flags(args("'server','--secrets-encryption'"), "").verdict()).isEqualTo(FAIL);
    }

    @Test
    void whatIsDisabledBesideTheInventoryWarns() {
        assertThat(flags(args("'server','--disable','traefik'"), "").verdict()).isEqualTo(WARN);
    }

    @Test
    void withoutTheAnnotationItIsConcludedFromFiles() {
        assertThat(flags("", "flannel-backend: host-gw\n")).satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(FAIL);
            assertThat(finding.inferred()).isTrue();
        });
        assertThat(flags(args("broken").replace("]", ""), "flannel-backend: vxlan # said\n")
                        .verdict())
                .isEqualTo(PASS);
    }

    @Test
    void withNeitherItIsUnknown() {
        assertThat(new FlagsAsDeclared().judge(Houses.twoPis().house()).get(0).verdict())
                .isEqualTo(UNKNOWN);
    }

    private static Finding kubelet(Check check, Cluster cluster, String node, String settings) {
        Houses houses = K3sAnswers.server(Houses.of(cluster), "jarvis", "etcd")
                .answers("jarvis", Kubelets.probe(cluster.nodes().get(0)), "{\"kubeletconfig\":{" + settings + "}}")
                .answers("jarvis", Kubelets.probe(ULTRON), "{\"kubeletconfig\":{" + settings + "}}");
        return of(node, check.judge(houses.house()));
    }

    @Test
    void aKubeletThatPutsOutNoPodWarnsAndFailsWhereTheInventoryWantsIt() {
        String k3s = "\"evictionHard\":{\"imagefs.available\":\"5%\"}";
        String good = "\"evictionHard\":{\"memory.available\":\"100Mi\"},\"systemReserved\":{\"memory\":\"512Mi\"}";
        Cluster declared =
                with(TWO.k3s().version(), List.of("eviction-hard=memory.available<100Mi,nodefs.available<5%"));

        assertThat(kubelet(new MemoryKept(), TWO, "jarvis", k3s).verdict()).isEqualTo(WARN);
        assertThat(kubelet(new MemoryKept(), declared, "jarvis", k3s).verdict()).isEqualTo(FAIL);
        assertThat(kubelet(new MemoryKept(), declared, "jarvis", good).verdict())
                .isEqualTo(PASS);
    }

    @Test
    void onlyServersNeedToKeepMemoryForThemselves() {
        String half = "\"evictionHard\":{\"memory.available\":\"100Mi\"}";

        assertThat(kubelet(new MemoryKept(), TWO, "jarvis", half).verdict()).isEqualTo(WARN);
        assertThat(kubelet(new MemoryKept(), TWO, "ultron", half).verdict()).isEqualTo(PASS);
    }

    @Test
    void noTimeToEndWarns() {
        assertThat(kubelet(new GracefulShutdown(), TWO, "ultron", "\"shutdownGracePeriod\":\"0s\"")
                        .verdict())
                .isEqualTo(WARN);
        assertThat(kubelet(new GracefulShutdown(), TWO, "ultron", "\"shutdownGracePeriod\":\"1m0s\"")
                        .verdict())
                .isEqualTo(PASS);
    }

    @Test
    void aKubeletThatDoesNotTellIsUnknown() {
        Houses houses =
                K3sAnswers.server(Houses.twoPis(), "jarvis", "etcd").answers("jarvis", Kubelets.probe(ULTRON), "");

        assertThat(new MemoryKept().judge(houses.house())).allMatch(finding -> finding.verdict() == UNKNOWN);
        assertThat(new GracefulShutdown()
                        .judge(K3sAnswers.silentServer(Houses.twoPis(), "jarvis", "etcd")
                                .house()))
                .allMatch(finding -> finding.verdict() == UNKNOWN);
    }

    @Test
    void onlyOneServerIsAskedAboutKubelets() {
        Houses houses = K3sAnswers.server(Houses.twoPis(), "jarvis", "etcd");

        assertThat(new MemoryKept().then(houses.house(), TWO.nodes().get(0))).hasSize(2);
        assertThat(new MemoryKept().then(houses.house(), ULTRON)).isEmpty();
    }

    private static Finding hook(String policy, String resources, String ends) {
        String hook = "[{\"metadata\":{\"name\":\"w\"},\"webhooks\":[{\"name\":\"w.example\"," + policy
                + "\"rules\":[{\"resources\":[\"" + resources
                + "\"]}],\"clientConfig\":{\"service\":{\"namespace\":\"n\",\"name\":\"s\"}}}]}]";
        String slice =
                "[{\"metadata\":{\"namespace\":\"n\",\"labels\":{\"kubernetes.io/service-name\":\"s\"}},\"endpoints\":["
                        + ends + "]}]";
        return new Webhooks()
                .judge(Houses.twoPis()
                        .lists(Webhooks.VALIDATING, hook)
                        .lists(Webhooks.MUTATING, "[]")
                        .lists(Webhooks.SLICES, slice)
                        .house())
                .get(0);
    }

    @Test
    void aWebhookThatMustBeAskedAndIsAwayFails() {
        String away = "{\"conditions\":{\"ready\":false}}";
        String there = "{\"conditions\":{\"ready\":true}}";

        assertThat(hook("", "things", away).verdict()).isEqualTo(FAIL);
        assertThat(hook("", "things", "").verdict()).isEqualTo(FAIL);
        assertThat(hook("", "things", "").fix()).contains("kubectl delete validatingwebhookconfiguration ");
        assertThat(hook("\"failurePolicy\":\"Ignore\",", "things", away).verdict())
                .isEqualTo(WARN);
        assertThat(hook("", "things", there).verdict()).isEqualTo(PASS);
        assertThat(hook("", "pods", there).verdict()).isEqualTo(WARN);
        assertThat(hook("", "pods", there + "," + there).verdict()).isEqualTo(PASS);
    }

    @Test
    void withoutWebhooksThereIsNothingToAsk() {
        Houses none = Houses.twoPis()
                .lists(Webhooks.VALIDATING, "[]")
                .lists(Webhooks.MUTATING, "[]")
                .lists(Webhooks.SLICES, "[]");

        assertThat(new Webhooks().judge(none.house()).get(0).verdict()).isEqualTo(NOT_APPLICABLE);
        assertThat(new Webhooks()
                        .judge(none.listsNothing(Webhooks.SLICES, "forbidden").house())
                        .get(0))
                .satisfies(finding -> assertThat(finding.what()).isEqualTo("forbidden"))
                .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(UNKNOWN));
    }

    private static Verdict asked(String removed) {
        String line = "apiserver_requested_deprecated_apis{group=\"batch\",removed_release=\"" + removed
                + "\",resource=\"cronjobs\",subresource=\"\",version=\"v1beta1\"} 1\nprocess_start_time_seconds 1\n";
        return new DeprecatedApis()
                .judge(K3sAnswers.server(Houses.twoPis(), "jarvis", "etcd")
                        .answers("jarvis", DeprecatedApis.PROBE, line)
                        .house())
                .get(0)
                .verdict();
    }

    @Test
    void anApiThatIsGoneInTheInventorysVersionFailsAndALaterOneWarns() {
        assertThat(asked("1.33")).isEqualTo(FAIL);
        assertThat(asked("1.34")).isEqualTo(WARN);
        assertThat(asked("")).isEqualTo(PASS);
    }

    @Test
    void withoutMetricsWhatIsAskedIsUnknown() {
        Houses houses =
                K3sAnswers.server(Houses.twoPis(), "jarvis", "etcd").answers("jarvis", DeprecatedApis.PROBE, 1, "");

        assertThat(new DeprecatedApis().judge(houses.house()).get(0).verdict()).isEqualTo(UNKNOWN);
        assertThat(new DeprecatedApis().judge(Houses.twoPis().house()).get(0).verdict())
                .isEqualTo(UNKNOWN);
    }
}
