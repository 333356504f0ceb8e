package homelab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small words a cluster is made of: addresses, names, versions, labels, taints, secrets. */
class WordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"10.0.1.10", "0.0.0.0", "255.255.255.255"})
    void takesAddressesAndWritesThemAsTheyWere(String text) {
        assertThat(Ip.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.1",
                "10.0.1.256",
                "010.0.0.1",
                "1.2.3.4.5",
                "jarvis",
                "fe80::1%eth0",
                ":::",
                "1:2",
                "localhost"
            })
    void refusesWhatWouldHaveToBeLookedUp(String text) {
        assertThatThrownBy(() -> Ip.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTheFamilyOfAnAddress() {
        assertThat(Ip.parse("fd00::1").isV6()).isTrue();
        assertThat(Ip.parse("FD00:0:0:0:0:0:0:1")).hasToString("fd00::1");
        assertThat(Ip.parse("2001:db8:0:0:1:0:0:1")).hasToString("2001:db8::1:0:0:1");
        assertThat(Ip.parse("2001:db8:0:1:1:1:1:1")).hasToString("2001:db8:0:1:1:1:1:1");
        assertThat(Ip.parse("::")).hasToString("::");
        assertThat(Ip.parse("fd00:0:0:0:0:0:0:0")).hasToString("fd00::");
        assertThat(Ip.parse("10.0.0.1").isV6()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.1.0", "10.0.1.0/33", "10.0.1.1/24", "10.0.1.0/", "/24", "10.0.1.0/-1", "10.0.1.0/024x"})
    void refusesNetworksThatAreNone(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsWhatANetworkHolds() {
        Cidr lan = Cidr.parse("10.0.1.0/25");
        assertThat(lan.contains(Ip.parse("10.0.1.127"))).isTrue();
        assertThat(lan.contains(Ip.parse("10.0.1.128"))).isFalse();
        assertThat(Cidr.parse("0.0.0.0/0").contains(Ip.parse("255.1.2.3"))).isTrue();
        assertThat(Cidr.parse("0.0.0.0/0").contains(Ip.parse("fd00::1"))).isFalse();
        assertThat(Cidr.parse("fd00::/8").contains(Ip.parse("fdff::1"))).isTrue();
    }

    @Test
    void overlapsBothWaysOrNotAtAll() {
        Cidr wide = Cidr.parse("10.0.0.0/8");
        Cidr narrow = Cidr.parse("10.9.0.0/16");
        assertThat(wide.overlaps(narrow)).isTrue();
        assertThat(narrow.overlaps(wide)).isTrue();
        assertThat(narrow.overlaps(Cidr.parse("10.8.0.0/16"))).isFalse();
    }

    @Test
    void findsTheNetworkAroundAnAddress() {
        assertThat(Cidr.around(Ip.parse("10.0.1.77"), 26)).hasToString("10.0.1.64/26");
        assertThat(Cidr.around(Ip.parse("10.0.1.77"), 32)).hasToString("10.0.1.77/32");
        assertThat(Cidr.around(Ip.parse("10.0.1.77"), 0)).hasToString("0.0.0.0/0");
        assertThatThrownBy(() -> Cidr.around(Ip.parse("10.0.1.77"), 33)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.33.4+k3s1", "v1.34.0-rc2+k3s3"})
    void writesVersionsAsTheyWere(String tag) {
        assertThat(K3sVersion.parse(tag)).hasToString(tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.33.4+k3s1",
                "v1.33",
                "v1.33.4",
                "latest",
                ">=v1.33.4+k3s1",
                "v1.33.4+k3s1 ",
                "v1.99999999999.4+k3s1"
            })
    void refusesVersionsThatAreNotExact(String text) {
        assertThatThrownBy(() -> K3sVersion.parse(text)).hasMessageContaining("not an exact k3s release");
    }

    @Test
    void ordersVersionsByNumberAndCandidatesBeforeTheirRelease() {
        List<String> ordered = List.of(
                "v1.9.10+k3s1",
                "v1.33.4-rc9+k3s1",
                "v1.33.4-rc10+k3s1",
                "v1.33.4+k3s1",
                "v1.33.4+k3s2",
                "v1.33.10+k3s1",
                "v1.34.0+k3s1");
        assertThat(ordered.stream().map(K3sVersion::parse).sorted().map(K3sVersion::toString))
                .isEqualTo(ordered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Jarvis", "rack_01", "-x", "x-", "a.b", "jarvis "})
    void refusesHostNamesThatKubernetesDoesNotTake(String text) {
        assertThatThrownBy(() -> new NodeName(text)).hasMessageContaining("RFC 1123");
    }

    @Test
    void takesHostNamesOf63Characters() {
        assertThat(new NodeName("a".repeat(63)).text()).hasSize(63);
        assertThatThrownBy(() -> new NodeName("a".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesLabelsThatKubernetesDoesNotTake() {
        for (String key :
                List.of("", "-a", "a b", "a..b/c", "A.b/c", "/x", "a/b/c", "x".repeat(64), "a.".repeat(130) + "b/c")) {
            assertThatThrownBy(() -> new Label(key, "x")).as(key).hasMessageContaining("label key");
        }
        for (String value : List.of("a b", "-a", "a:b", "x".repeat(64))) {
            assertThatThrownBy(() -> new Label("a", value)).as(value).hasMessageContaining("label value");
        }
        assertThat(new Label("home.arpa/disk", "")).hasToString("home.arpa/disk=");
    }

    @Test
    void knowsTheLabelsThatAKubeletIsRefused() {
        Stream.of(
                        "node-role.kubernetes.io/worker",
                        "kubernetes.io/os",
                        "k8s.io/x",
                        "a.k8s.io/x",
                        "node-restriction.kubernetes.io/x")
                .forEach(key -> assertThat(new Label(key, "x").refusedByKubelet())
                        .as(key)
                        .isTrue());
        Stream.of(
                        "x",
                        "home.arpa/x",
                        "mykubernetes.io/x",
                        "node.kubernetes.io/x",
                        "a.kubelet.kubernetes.io/x",
                        "topology.kubernetes.io/zone")
                .forEach(key -> assertThat(new Label(key, "x").refusedByKubelet())
                        .as(key)
                        .isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dedicated=storage:NoSchedule", "slow:PreferNoSchedule", "a.b/c=d:NoExecute"})
    void writesTaintsAsTheyWere(String text) {
        assertThat(Taint.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dedicated", "a=b", "a=b:noschedule", ":NoSchedule", "a=b c:NoExecute"})
    void refusesTaintsThatAreNone(String text) {
        assertThatThrownBy(() -> Taint.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWaysInThatCannotBe() {
        Ip ip = Ip.parse("10.0.1.10");
        for (int port : new int[] {0, 65536}) {
            assertThatThrownBy(() -> new Access.Ssh(ip, port, "pi", Optional.empty(), Optional.empty()))
                    .hasMessageContaining("1 to 65535");
        }
        for (String user : List.of("", "pi; reboot", "-oProxyCommand=x", "a b")) {
            assertThatThrownBy(() -> new Access.Ssh(ip, 22, user, Optional.empty(), Optional.empty()))
                    .hasMessageContaining("login name");
        }
    }

    @Test
    void neverShowsASecret() {
        Secret secret = new Secret("swordfish");
        assertThat(secret).hasToString("***").isEqualTo(new Secret("swordfish"));
        assertThat(secret.reveal()).isEqualTo("swordfish");
    }

    @Test
    void refusesSourcesThatNameNothing() {
        assertThatThrownBy(() -> new SecretSource.FromEnv("A B")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SecretSource.FromCommand(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesTheUnitsOfItsRoles() {
        assertThat(Role.SERVER.unit()).isEqualTo("k3s");
        assertThat(Role.AGENT.unit()).isEqualTo("k3s-agent");
        assertThat(Role.AGENT.word()).isEqualTo("agent");
    }

    @Test
    void opensAPortForTheBackendsThatUseOne() {
        assertThat(Backend.VXLAN.udpPort()).isEqualTo(8472);
        assertThat(Backend.WIREGUARD.udpPort()).isEqualTo(51820);
        assertThat(Backend.HOST_GW.udpPort()).isZero();
    }
}
