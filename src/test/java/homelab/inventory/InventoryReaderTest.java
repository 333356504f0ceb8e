package homelab.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Access;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryReaderTest {
    private static final Path EVERYTHING = Path.of("src/test/resources/inventory/everything.yaml");

    private static Cluster everything() {
        return InventoryReader.read(Source.read(EVERYTHING), Written.PATHS);
    }

    private static Node node(Cluster cluster, String name) {
        return cluster.node(new NodeName(name)).orElseThrow();
    }

    private static Access.Ssh ssh(Cluster cluster, String name) {
        return (Access.Ssh) node(cluster, name).access();
    }

    @Test
    void fillsInTheDefaults() {
        Cluster cluster = Written.read(Written.HEAD + Written.NODES);
        assertThat(cluster.network().pods()).hasToString("10.42.0.0/16");
        assertThat(cluster.network().services()).hasToString("10.43.0.0/16");
        assertThat(cluster.network().dns()).isEmpty();
        assertThat(cluster.knownHosts()).isEmpty();
        assertThat(cluster.k3s().releases()).hasToString("https://github.com/k3s-io/k3s/releases/download");
        assertThat(cluster.k3s().clusterInit()).isTrue();
        assertThat(cluster.k3s().secretsEncryption()).isTrue();
        assertThat(cluster.k3s().airgapImages()).isFalse();
        assertThat(cluster.k3s().backend()).isEqualTo(Backend.VXLAN);
        assertThat(cluster.k3s().token()).isEmpty();
    }

    @Test
    void reachesANodeAsPiOnPort22WithSudoUnlessToldOtherwise() {
        Cluster cluster = Written.read(Written.HEAD + Written.NODES);
        Access.Ssh ssh = ssh(cluster, "jarvis");
        assertThat(ssh.user()).isEqualTo("pi");
        assertThat(ssh.port()).isEqualTo(22);
        assertThat(ssh.key()).isEmpty();
        assertThat(node(cluster, "jarvis").become()).isTrue();
        assertThat(node(cluster, "jarvis").ip()).hasToString("10.0.1.10");
    }

    @Test
    void readsTheNetwork() {
        var network = everything().network();
        assertThat(network.sources()).hasToString("[192.168.5.0/24]");
        assertThat(network.dns()).hasToString("Optional[10.53.0.10]");
        assertThat(network.pods()).hasToString("10.52.0.0/16");
        assertThat(network.services()).hasToString("10.53.0.0/16");
        assertThat(network.allow().get(0).protocol()).isEqualTo("tcp");
        assertThat(network.allow().get(0).from()).hasToString("[10.0.1.0/24]");
        assertThat(network.allow().get(1).from()).hasToString("[10.0.1.0/24, 192.168.5.0/24]");
        assertThat(network.allow().get(1).protocol()).isEqualTo("udp");
        assertThat(network.allow().get(1).why()).isEqualTo("DNS filter");
        assertThat(network.allow().get(2).from()).as("without from").hasToString("[10.0.1.0/24]");
    }

    @Test
    void readsWhatK3sIsToBe() {
        var k3s = everything().k3s();
        assertThat(k3s.releases()).hasToString("http://127.0.0.1:8080/k3s");
        assertThat(k3s.airgapImages()).isTrue();
        assertThat(k3s.tlsSans()).containsExactly("k3s.home.arpa", "10.0.1.9");
        assertThat(k3s.clusterInit()).isFalse();
        assertThat(k3s.secretsEncryption()).isFalse();
        assertThat(k3s.backend()).isEqualTo(Backend.WIREGUARD);
        assertThat(k3s.disable()).containsExactly("traefik", "servicelb");
        assertThat(k3s.kubeletArgs()).containsExactly("max-pods=60");
        assertThat(k3s.apiserverArgs()).containsExactly("audit-log-maxage=30");
        assertThat(k3s.token()).contains(new SecretSource.FromFile(Path.of("/home/tony/token")));
        assertThat(k3s.snapshots())
                .isEqualTo(Map.of(
                        "schedule-cron",
                        "0 */12 * * *",
                        "retention",
                        "5",
                        "dir",
                        "/srv/snapshots",
                        "compress",
                        "true"));
    }

    @Test
    void keepsFreeSettingsInTheOrderOfTheFile() {
        var config = everything().k3s().config();
        assertThat(config)
                .containsExactly(
                        Map.entry("node-external-ip", "203.0.113.7"),
                        Map.entry("debug", true),
                        Map.entry("v", 2L),
                        Map.entry("kube-scheduler-arg", List.of("v=2")));
    }

    @Test
    void takesQuotedSettingsForText() {
        Cluster cluster = Written.read(Written.HEAD + "  config: {v: \"2\", debug: 'true', w: 2}\n" + Written.NODES);
        assertThat(cluster.k3s().config())
                .containsExactly(Map.entry("v", "2"), Map.entry("debug", "true"), Map.entry("w", 2L));
    }

    @Test
    void readsTokensFromTheEnvironmentAndFromCommands() {
        Cluster env = Written.read(Written.HEAD + "  token: {env: K3S_TOKEN}\n" + Written.NODES);
        Cluster command = Written.read(Written.HEAD + "  token: {command: [op, read, x]}\n" + Written.NODES);
        assertThat(env.k3s().token()).contains(new SecretSource.FromEnv("K3S_TOKEN"));
        assertThat(command.k3s().token()).contains(new SecretSource.FromCommand(List.of("op", "read", "x")));
    }

    @Test
    void takesANodesOwnWordsBeforeItsGroupsAndThoseBeforeTheDefaults() {
        Cluster cluster = everything();
        assertThat(ssh(cluster, "ultron").user()).as("its own").isEqualTo("ubuntu");
        assertThat(ssh(cluster, "ultron").port()).as("of the first group").isEqualTo(2201);
        assertThat(ssh(cluster, "jarvis").port()).as("of the defaults").isEqualTo(2200);
        assertThat(node(cluster, "ultron").flannelIface())
                .as("of the second group")
                .contains("eth1");
    }

    @Test
    void mergesLabelsAndTaintsOfAllLayers() {
        Cluster cluster = everything();
        assertThat(node(cluster, "ultron").labels())
                .hasToString("[own=yes, storage=nvme, site=home, node.longhorn.io/create-default-disk=config]");
        assertThat(node(cluster, "ultron").taints()).hasToString("[dedicated=own:NoSchedule, slow:PreferNoSchedule]");
        assertThat(node(cluster, "jarvis").labels()).hasToString("[site=home]");
    }

    @Test
    void goesThroughTheJumpHostUnlessItIsTheNodeItself() {
        Cluster cluster = everything();
        assertThat(ssh(cluster, "ultron").jump()).contains(new NodeName("jarvis"));
        assertThat(ssh(cluster, "jarvis").jump()).isEmpty();
    }

    @Test
    void reachesThisMachineWithoutSsh() {
        Node friday = node(everything(), "friday");
        assertThat(friday.access()).isEqualTo(new Access.Local());
        assertThat(friday.ip()).hasToString("10.0.1.12");
        assertThat(friday.become()).isFalse();
    }

    @Test
    void needsNoSudoAsRoot() {
        Cluster cluster = Written.read(Written.HEAD + "defaults: {user: root}\n" + Written.NODES);
        assertThat(node(cluster, "jarvis").become()).isFalse();
    }

    @Test
    void keepsColonsZerosAndWordsAsText() {
        Cluster cluster = Written.read(Written.HEAD
                + "nodes:\n  jarvis: {address: 10.0.1.10, role: server, model: 12:34:56:11:22:33, labels: {a: 010, b: on, c: 1e3}}\n"
                + "addons: {}\n");
        assertThat(node(cluster, "jarvis").model()).contains("12:34:56:11:22:33");
        assertThat(node(cluster, "jarvis").labels()).hasToString("[a=010, b=on, c=1e3]");
    }

    @Test
    void findsRelativePathsBesideTheInventoryAndTildesAtHome(@TempDir Path folder) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home/.ssh"));
        Files.writeString(home.resolve("id"), "");
        Files.writeString(folder.resolve("near"), "");
        Path file = Files.writeString(
                folder.resolve("inventory.yaml"),
                Written.HEAD + "ssh: {known-hosts: lab/known_hosts}\ndefaults: {key: ~/.ssh/id}\n" + Written.NODES
                        + "  ultron: {address: 10.0.1.11, role: agent, key: near}\n");
        Cluster cluster = InventoryReader.read(file, folder.resolve("home"));
        assertThat(cluster.knownHosts()).contains(folder.resolve("lab/known_hosts"));
        assertThat(ssh(cluster, "jarvis").key()).contains(home.resolve("id"));
        assertThat(ssh(cluster, "ultron").key()).contains(folder.resolve("near"));
    }

    @Test
    void refusesThePublicHalfOfAKey(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("id.pub"), "");
        Path file = Files.writeString(
                folder.resolve("inventory.yaml"), Written.HEAD + "defaults: {key: id.pub}\n" + Written.NODES);
        assertThat(Written.told(Written.problems(() -> InventoryReader.read(file))))
                .contains("is the public half");
    }

    @Test
    void tellsEveryMistakeOfEverySectionInTheOrderOfTheFile() {
        String told = Written.told(Written.problems("""
                cluster: My Home
                network: {lan: 10.0.1.0/24, pods: nonsense}
                k3s: {version: latest}
                nodes:
                  jarvis: {address: 10.0.9.10, role: server}
                  ultron: {address: 10.0.1.11, role: server}
                addons: {longhron: {}}
                """));
        assertThat(told.lines().filter(line -> line.startsWith("test.yaml")).map(line -> line.replaceAll(": .*", "")))
                .containsExactly(
                        "test.yaml:1:10",
                        "test.yaml:2:35",
                        "test.yaml:3:16",
                        "test.yaml:5:3",
                        "test.yaml:5:21",
                        "test.yaml:7:10");
    }

    @Test
    void stopsTellingAfterFifty() {
        StringBuilder text = new StringBuilder(Written.HEAD + Written.NODES);
        for (int i = 0; i < 60; i++) {
            text.append("key").append(i).append(": 1\n");
        }
        assertThat(Written.problems(text.toString()))
                .hasSize(51)
                .last()
                .hasFieldOrPropertyWithValue("what", "and 10 more mistakes");
    }

    @Test
    void neverRepeatsALiteralSecret() {
        for (String secret : List.of(
                "swordfish",
                "[swordfish]",
                "{swordfish: swordfish}",
                "\n    value: swordfish",
                "\n    env: sword-fish",
                "{env: sword-fish}")) {
            String told = Written.told(Written.problems(Written.HEAD + "  token: " + secret + "\n" + Written.NODES));
            assertThat(told).doesNotContain(": swordfish", "'swordfish", "sword-fish", "[sword");
        }
    }
}
