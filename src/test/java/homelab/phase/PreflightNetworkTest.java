package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts.Dns;
import homelab.facts.Facts.Listener;
import homelab.facts.Facts.Nic;
import homelab.facts.K3sState;
import homelab.facts.SampleFacts;
import homelab.facts.SampleK3s;
import homelab.model.Cluster;
import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.plan.Finding.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightNetworkTest {
    private final SampleFacts jarvis = SampleFacts.fresh("jarvis", "10.0.1.10");
    private final SampleFacts ultron = SampleFacts.fresh("ultron", "10.0.1.11");

    @ParameterizedTest
    @ValueSource(ints = {6443, 2379, 2380, 10250})
    void refusesAServerWhosePortIsTaken(int port) {
        jarvis.with("listeners", List.of(new Listener("0.0.0.0", port, "haproxy")));

        List<Finding> findings = judge(PreflightHomes.threeServers());

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.REFUSE);
            assertThat(PreflightHomes.told(finding))
                    .contains("jarvis: port " + port + " is taken")
                    .contains("haproxy listens on 0.0.0.0:" + port);
        });
    }

    @Test
    void refusesAnAgentWhoseKubeletPortIsTakenAndNoOther() {
        ultron.with("listeners", List.of(new Listener("*", 10250, "node"), new Listener("*", 6443, "haproxy")));

        assertThat(told()).singleElement().asString().contains("ultron: port 10250 is taken");
    }

    @Test
    void aServerWithSqliteLeavesTheEtcdPortsAlone() {
        jarvis.with("listeners", List.of(new Listener("127.0.0.1", 2379, "etcd"), new Listener("*", 22, "sshd")));

        assertThat(told()).isEmpty();
    }

    @Test
    void tellsAProgramOnceThoughItListensOnTwoAddresses() {
        jarvis.with(
                "listeners", List.of(new Listener("0.0.0.0", 6443, "haproxy"), new Listener("[::]", 6443, "haproxy")));

        assertThat(told()).hasSize(1);
    }

    @Test
    void aKubeletIsForeignAsLongAsK3sIsNotUp() {
        jarvis.with("listeners", List.of(new Listener("*", 10250, "kubelet"))).with("k3s", active("inactive"));

        assertThat(told()).singleElement().asString().contains("kubelet listens on *:10250");
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "activating"})
    void whatK3sItselfListensOnIsFree(String active) {
        jarvis.with(
                        "listeners",
                        List.of(
                                new Listener("*", 6443, "kube-apiserver"),
                                new Listener("*", 10250, "k3s-server"),
                                new Listener("*", 10250, "")))
                .with("k3s", active(active));

        assertThat(told()).isEmpty();
    }

    @Test
    void aForeignProgramIsForeignEvenWhileK3sIsUp() {
        jarvis.with("listeners", List.of(new Listener("*", 10250, "nginx"))).with("k3s", active("active"));

        assertThat(told()).hasSize(1);
    }

    @Test
    void namesAProgramThatCannotBeSeenAsSuch() {
        jarvis.with("listeners", List.of(new Listener("*", 6443, "")));

        assertThat(told()).singleElement().asString().contains("a program that cannot be seen");
    }

    @Test
    void refusesANodeWithoutItsAddress() {
        jarvis.with("nics", List.of(SampleFacts.nic("eth0", "10.0.1.99/24", true)));

        assertThat(told())
                .singleElement()
                .asString()
                .contains("jarvis: does not have the address 10.0.1.10")
                .contains("10.0.1.99/24 (eth0)");
    }

    /** 10.0.1.1 is no part of 10.0.1.10. */
    @Test
    void comparesAddressesWhole() {
        jarvis.with("nics", List.of(SampleFacts.nic("eth0", "10.0.1.100/24", true)));

        assertThat(told()).hasSize(1);
    }

    @Test
    void warnsWhenTheWayOutIsNotTheWayToTheCluster() {
        jarvis.with(
                "nics",
                List.of(
                        SampleFacts.nic("eth0", "10.0.1.10/24", false),
                        SampleFacts.nic("wlan0", "10.0.1.77/24", true)));

        assertThat(judge(Clusters.twoPis())).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARN);
            assertThat(finding.problem().why()).isEqualTo("10.0.1.10 is on eth0, the default route on wlan0");
        });
    }

    @Test
    void aHostWithoutAWayOutIsInOrder() {
        jarvis.with(
                "nics",
                List.of(new Nic(
                        "eth0", "", true, List.of("fe80::1/64", "10.0.1.10/24"), List.of(), false, 1500, false)));

        assertThat(told()).isEmpty();
    }

    @Test
    void warnsOfAHostWithoutNameServers() {
        jarvis.with("dns", new Dns(List.of(), List.of("lan")));

        assertThat(judge(Clusters.twoPis())).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARN);
            assertThat(finding.problem().what()).isEqualTo("jarvis: no name server is set");
        });
    }

    private static K3sState active(String active) {
        Optional<String> none = Optional.empty();
        return SampleK3s.none().unit("k3s").active(active).state();
    }

    private List<Finding> judge(Cluster cluster) {
        return Preflight.judge(
                cluster, Map.of(new NodeName("jarvis"), jarvis.build(), new NodeName("ultron"), ultron.build()));
    }

    private List<String> told() {
        return judge(Clusters.twoPis()).stream().map(PreflightHomes::told).toList();
    }
}
