package homelab.doctor.net;

import static homelab.doctor.Verdict.FAIL;
import static homelab.doctor.Verdict.NOT_APPLICABLE;
import static homelab.doctor.Verdict.PASS;
import static homelab.doctor.Verdict.UNKNOWN;
import static homelab.doctor.Verdict.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Houses;
import homelab.doctor.Verdict;
import homelab.model.Addons;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.Role;
import homelab.phase.Clusters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Jarvis is the server at 10.0.1.10, Ultron the agent at 10.0.1.11. */
class MeasuredTest {
    /** The head of an answer that holds one address. */
    private static final String ADDRESS = "484c81800001000100000000";

    private static final Cluster TWO = Clusters.twoPis();
    private static final Node JARVIS = TWO.nodes().get(0);
    private static final Node ULTRON = TWO.nodes().get(1);
    private static final Cluster ALONE =
            Clusters.of(Backend.VXLAN, List.of(), Addons.NONE, Clusters.node("jarvis", Role.SERVER, 10, 22));

    private static Finding ultronPorts(String said) {
        return new Ports()
                .judge(Houses.twoPis()
                        .answers("ultron", PortProbe.of(TWO, ULTRON), said)
                        .house())
                .get(1);
    }

    @Test
    void openPortsPass() {
        assertThat(ultronPorts("jarvis 10250 0\njarvis 6443 0\n").verdict()).isEqualTo(PASS);
    }

    @Test
    void aClosedPortFailsAndSaysWhetherAnythingAnswered() {
        assertThat(ultronPorts("jarvis 10250 124\njarvis 6443 1\n")).satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(FAIL);
            assertThat(finding.evidence())
                    .containsExactly(
                            "ultron -> jarvis:10250: no answer, as behind a firewall",
                            "ultron -> jarvis:6443: refused, nobody listens");
        });
    }

    @Test
    void whereEveryPortRefusesK3sIsAskedAfterFirst() {
        assertThat(ultronPorts("jarvis 10250 1\njarvis 6443 1\n").fix()).startsWith("see whether k3s runs there");
        assertThat(ultronPorts("jarvis 10250 124\njarvis 6443 1\n").fix())
                .isEqualTo("homelab bootstrap --only firewall");
    }

    @Test
    void portsOfANodeThatIsAwayAreUnknown() {
        House house = Houses.twoPis()
                .answers("jarvis", PortProbe.of(TWO, JARVIS), "ultron 10250 124\n")
                .lost("ultron", "no route")
                .house();

        assertThat(new Ports().judge(house)).extracting(Finding::verdict).containsExactly(UNKNOWN, UNKNOWN);
    }

    @Test
    void serversAskEachOtherForEtcdAndAgentsDoNot() {
        Cluster three = Clusters.of(
                Backend.VXLAN,
                List.of(),
                Addons.NONE,
                Clusters.node("a", Role.SERVER, 1, 22),
                Clusters.node("b", Role.SERVER, 2, 22),
                Clusters.node("c", Role.SERVER, 3, 22),
                Clusters.node("d", Role.AGENT, 4, 22));

        assertThat(PortProbe.of(three, three.nodes().get(0)).shell())
                .contains("ask b 10.0.1.2 2380 &", "ask d 10.0.1.4 10250 &");
        assertThat(PortProbe.of(three, three.nodes().get(3)).shell())
                .contains("ask b 10.0.1.2 6443 &")
                .doesNotContain("2380");
    }

    @Test
    void aNodeAloneHasNobodyToReach() {
        assertThat(new Ports().judge(Houses.of(ALONE).house()).get(0).verdict()).isEqualTo(NOT_APPLICABLE);
        assertThat(new Overlay().judge(Houses.of(ALONE).house()).get(0).verdict())
                .isEqualTo(NOT_APPLICABLE);
    }

    private static Finding sizes(String said) {
        return new Overlay()
                        .judge(Houses.twoPis()
                                .answers("jarvis", OverlayProbe.READING, said)
                                .house())
                        .stream()
                        .filter(finding -> finding.subject().equals("packet sizes on jarvis"))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void theLargestPacketsArriveWhole() {
        assertThat(sizes("mtu lan 1500\nmtu flannel.1 1450\nping lan ultron 0 1500\nping pods ultron 0 1450\n")
                        .verdict())
                .isEqualTo(PASS);
    }

    @Test
    void largePacketsThatAreLostFail() {
        assertThat(sizes("mtu lan 1500\nmtu flannel.1 1450\nping lan ultron 0 1500\nping pods ultron 1 1450\n")
                        .verdict())
                .isEqualTo(FAIL);
    }

    @Test
    void aTunnelAsWideAsTheLanWarns() {
        assertThat(sizes("mtu lan 1500\nmtu flannel.1 1451\nping lan ultron 0 1500\n")
                        .verdict())
                .isEqualTo(WARN);
    }

    @Test
    void withoutAnyPingSizesAreUnknown() {
        assertThat(sizes("mtu lan 1500\n").verdict()).isEqualTo(UNKNOWN);
        assertThat(sizes("mtu lan wide\n").verdict()).isEqualTo(UNKNOWN);
    }

    private static Finding sources(Houses houses) {
        return new Overlay()
                .judge(houses.house()).stream()
                        .filter(finding -> finding.subject().equals("source addresses on jarvis"))
                        .findFirst()
                        .orElseThrow();
    }

    private static Houses seen(String said) {
        return Houses.twoPis().answers("jarvis", SourceProbe.READING, said);
    }

    @Test
    void podsThatAreSeenElsewhereAsThemselvesPassAlsoWhereHostsSeeTheirNode() {
        assertThat(sources(seen("seen pods 10.42.0.5 10.42.0.5\nseen host 10.42.0.5 10.0.1.10\n")))
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(PASS);
                    assertThat(finding.evidence()).contains("10.42.0.5 to another node: seen as 10.0.1.10");
                });
    }

    @Test
    void podsThatAreSeenElsewhereAsTheirNodeWarn() {
        assertThat(sources(seen("seen pods 10.42.0.4 10.42.0.4\nseen pods 10.42.0.5 10.42.0.0\n")))
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(WARN);
                    assertThat(finding.evidence()).contains("10.42.0.5 to a pod network elsewhere: seen as 10.42.0.0");
                });
    }

    @Test
    void podsThatMayNotGoElsewhereAreJudgedByNobodyAndOtherSilenceIsUnknown() {
        String nothing = "seen pods 10.42.0.5 \nseen host 10.42.0.5 \n";

        assertThat(sources(seen(nothing).lists(ClusterDns.POLICIES, "[{}]")).verdict())
                .isEqualTo(NOT_APPLICABLE);
        assertThat(sources(seen(nothing).lists(ClusterDns.POLICIES, "[]")).verdict())
                .isEqualTo(UNKNOWN);
        assertThat(sources(seen("")).verdict()).isEqualTo(NOT_APPLICABLE);
        assertThat(sources(Houses.twoPis().answers("jarvis", SourceProbe.READING, 1, "nsenter or bash is missing\n"))
                        .what())
                .isEqualTo("nsenter or bash is missing");
        assertThat(sources(Houses.twoPis().lost("ultron", "no route")).what()).isEqualTo("no other node was reached");
    }

    private static final String WELL =
            "nft 149\nconntrack-count 80\nconntrack-max 100\nroute default via 10.0.1.1 dev eth0\n"
                    + "route 10.42.1.0/24 via 10.42.1.0 dev flannel.1 onlink\nmac 02:00:00:00:00:10\n";

    private static Finding kernel(String jarvis) {
        return new KernelNet()
                .judge(Houses.twoPis()
                        .answers("jarvis", HostNet.PROBE, jarvis)
                        .answers("ultron", HostNet.PROBE, WELL.replace(":10\n", ":11\n"))
                        .house())
                .get(0);
    }

    @Test
    void aHostWithNothingInTheWayPasses() {
        assertThat(kernel(WELL + "neigh 10.0.1.11 02:00:00:00:00:11\n").verdict())
                .isEqualTo(PASS);
    }

    @Test
    void aFullTableOfConnectionsWarnsAndThenFails() {
        assertThat(kernel(WELL.replace("count 80", "count 81")).verdict()).isEqualTo(WARN);
        assertThat(kernel(WELL.replace("count 80", "count 90")).verdict()).isEqualTo(WARN);
        assertThat(kernel(WELL.replace("count 80", "count 91")).verdict()).isEqualTo(FAIL);
    }

    @Test
    void aRouteOverThePodsNetworkFails() {
        assertThat(kernel(WELL + "route 10.40.0.0/13 dev wg0 scope link\n")).satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(FAIL);
            assertThat(finding.what()).contains("10.40.0.0/13 dev wg0");
        });
        assertThat(kernel(WELL + "route 10.42.1.0/24 via 10.0.1.11 dev eth0\n").verdict())
                .isEqualTo(PASS);
    }

    @Test
    void anAddressThatIsThereTwiceFails() {
        assertThat(kernel(WELL + "neigh 10.0.1.11 02:00:00:00:00:99\n").what())
                .isEqualTo("the address of ultron is there twice: 10.0.1.11 is at 02:00:00:00:00:99");
    }

    @Test
    void noDefaultRouteAndTwoBackEndsWarn() {
        assertThat(kernel(WELL.replace("default via", "10.9.0.0/16 via")).verdict())
                .isEqualTo(WARN);
        assertThat(kernel(WELL + "legacy 3\n").verdict()).isEqualTo(WARN);
        assertThat(kernel(WELL + "legacy 0\n").verdict()).isEqualTo(PASS);
    }

    @Test
    void aHostThatDoesNotAnswerIsUnknown() {
        assertThat(new KernelNet().judge(Houses.twoPis().house())).allMatch(finding -> finding.verdict() == UNKNOWN);
    }

    private static Verdict dns(String said) {
        return new ClusterDns()
                .judge(Houses.twoPis().answers("jarvis", DnsQuery.of(TWO), said).house()).stream()
                        .filter(finding -> finding.subject().equals("jarvis"))
                        .findFirst()
                        .orElseThrow()
                        .verdict();
    }

    @Test
    void dnsPassesOnlyWhenItAnswersTheName() {
        assertThat(dns("udp " + ADDRESS)).isEqualTo(PASS);
        assertThat(dns("exit 0")).isEqualTo(PASS);
        assertThat(dns("udp 484c81800001000000000000")).isEqualTo(FAIL);
        assertThat(dns("udp 484c81830001000000000000")).isEqualTo(FAIL);
        assertThat(dns("udp ")).isEqualTo(FAIL);
        assertThat(dns("exit 1")).isEqualTo(FAIL);
    }

    private static Verdict fromPods(String said, String policies) {
        House house = Houses.twoPis()
                .answers("jarvis", DnsQuery.of(TWO), "udp " + ADDRESS)
                .answers("jarvis", FromPods.of(TWO), said)
                .lists(ClusterDns.POLICIES, policies)
                .house();
        return new ClusterDns()
                .judge(house).stream()
                        .filter(finding -> finding.subject().equals("jarvis"))
                        .findFirst()
                        .orElseThrow()
                        .verdict();
    }

    @Test
    void dnsThatAnswersTheHostAndNoneOfItsPodsFailsUnlessPoliciesMayForbidIt() {
        String silent = "pod no \npod yes \n";

        assertThat(fromPods(silent, "[]")).isEqualTo(FAIL);
        assertThat(fromPods(silent, "[{\"metadata\":{\"name\":\"closed\"}}]")).isEqualTo(WARN);
        assertThat(fromPods("pod no \npod yes " + ADDRESS + "\n", "[]")).isEqualTo(PASS);
        assertThat(fromPods("", "[]")).isEqualTo(PASS);
    }

    @Test
    void whereNothingCanAskDnsIsUnknown() {
        House house = Houses.twoPis()
                .answers("jarvis", DnsQuery.of(TWO), 1, "there is neither bash nor nslookup")
                .house();

        assertThat(new ClusterDns().judge(house))
                .filteredOn(finding -> finding.subject().equals("jarvis"))
                .allMatch(finding -> finding.verdict() == UNKNOWN);
    }

    @Test
    void twoPisNeedNoSecondCoreDnsAndThreeServersDo() {
        assertThat(new ClusterDns().judge(Houses.twoPis().house()))
                .noneMatch(finding -> finding.subject().contains("deployment"));
        Cluster three = Clusters.of(
                Backend.VXLAN,
                List.of(),
                Addons.NONE,
                Clusters.node("a", Role.SERVER, 1, 22),
                Clusters.node("b", Role.SERVER, 2, 22),
                Clusters.node("c", Role.SERVER, 3, 22));
        String pod = "{\"metadata\":{\"labels\":{\"k8s-app\":\"kube-dns\"}},\"spec\":{\"nodeName\":\"NODE\"},"
                + "\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}";

        assertThat(spread(three, "[" + pod + "," + pod + "]")).isEqualTo(WARN);
        assertThat(spread(three, "[" + pod + "," + pod.replace("NODE", "b") + "]"))
                .isEqualTo(PASS);
    }

    private static Verdict spread(Cluster cluster, String pods) {
        return new ClusterDns()
                .judge(Houses.of(cluster).lists(ClusterDns.PODS, pods).house()).stream()
                        .filter(finding -> finding.subject().startsWith("deployment kube-system/coredns"))
                        .reduce((first, last) -> last)
                        .orElseThrow()
                        .verdict();
    }
}
