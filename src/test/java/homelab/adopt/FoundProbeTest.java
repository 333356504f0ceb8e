package homelab.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Sections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoundProbeTest {

    private static Found captured(String name) throws IOException {
        return of(Files.readString(Path.of("src/test/resources/adopt", name + ".txt")));
    }

    private static Found of(String text) {
        return FoundProbe.read(Sections.parse(text)).orElseThrow();
    }

    @Test
    void readsTheServerOfTheInstallScript() throws IOException {
        Found found = captured("install-script-jarvis");
        assertThat(found.unit()).isEqualTo("k3s");
        assertThat(found.ours()).isFalse();
        assertThat(found.active()).isTrue();
        assertThat(found.program()).isEqualTo("/usr/local/bin/k3s");
        assertThat(found.files().of("disable")).containsExactly("traefik", "servicelb", "metrics-server");
        assertThat(found.files().of("kubelet-arg")).containsExactly("max-pods=100");
        assertThat(found.files().one("cluster-init")).isEqualTo("true");
        assertThat(found.files().places()).containsEntry("token", "the unit's environment");
        assertThat(found.environments()).containsExactly("/etc/systemd/system/k3s.service.env");
        assertThat(found.changed()).isEmpty();
    }

    @Test
    void believesWhatTheAgentToldOnItsNode() throws IOException {
        Found found = captured("install-script-ultron");
        Arguments told = found.running().orElseThrow();
        assertThat(told.of("node-label")).containsExactly("disk=ssd");
        assertThat(told.one("server")).isEqualTo("https://10.77.2.11:6443");
        assertThat(told.values()).isEqualTo(found.files().values());
    }

    @Test
    void leavesADropInThatHasNothingToDoWithTheArgumentsWhereItIs() throws IOException {
        assertThat(captured("install-script-jarvis").units()).isEmpty();
    }

    @Test
    void keepsNoSecret() throws IOException {
        assertThat(captured("install-script-jarvis").toString())
                .contains("token=[***]")
                .doesNotContain("correct-horse");
    }

    @Test
    void namesTheFilesThatChangedAfterTheStart() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/adopt/install-script-jarvis.txt"));
        Found found = of(text.replaceFirst("(?s)(@@homelab environment [^\n]*\n)\\d+", "$19999999999"));
        assertThat(found.changed()).containsExactly("/etc/systemd/system/k3s.service.env");
        assertThat(found.isSure()).isTrue();
        assertThat(of(text.replaceFirst("(?s)(@@homelab environment [^\n]*\n)\\d+", "$19999999999")
                                .replaceFirst("(?s)@@homelab node\n.*", "@@homelab node\n"))
                        .isSure())
                .isFalse();
    }

    @Test
    void takesADropInThatStartsK3sOtherwise() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/adopt/install-script-jarvis.txt"))
                .replace(
                        "Environment=\"NOTE=of somebody\"",
                        "ExecStart=\nExecStart=/usr/local/bin/k3s server --disable coredns");
        Found found = of(text);
        assertThat(found.units()).containsExactly("/etc/systemd/system/k3s.service.d/90-own.conf");
        assertThat(found.files().of("disable")).containsExactly("coredns");
    }

    @Test
    void readsFilesAndArgumentsInK3ssOwnOrder() {
        Found found = of("""
                @@homelab unit
                k3s

                @@homelab fragment
                /etc/systemd/system/k3s.service

                @@homelab active
                inactive

                @@homelab since

                @@homelab host
                Jarvis

                @@homelab address

                @@homelab program

                @@homelab unit /etc/systemd/system/k3s.service
                1
                [Service]
                ExecStart=/usr/local/bin/k3s server --disable traefik

                @@homelab environment /etc/systemd/system/k3s.service.env
                1
                K3S_KUBECONFIG_MODE="644"
                K3S_NODE_NAME=other

                @@homelab config /etc/rancher/k3s/config.yaml
                1
                disable: coredns
                write-kubeconfig-mode: "0640"
                token: correct-horse

                @@homelab config /etc/rancher/k3s/config.yaml.d/10-first.yaml
                1
                disable:
                - servicelb
                etcd-snapshot-retention: 3

                @@homelab config /etc/rancher/k3s/config.yaml.d/20-second.yaml
                1
                disable+:
                - metrics-server
                etcd-snapshot-retention: 7

                @@homelab node
                """);
        assertThat(found.files().of("disable")).containsExactly("servicelb", "metrics-server", "traefik");
        assertThat(found.files().one("etcd-snapshot-retention")).isEqualTo("7");
        assertThat(found.files().one("write-kubeconfig-mode")).isEqualTo("0640");
        assertThat(found.files().one("node-name")).isEqualTo("other");
        assertThat(found.files().places()).containsEntry("token", "/etc/rancher/k3s/config.yaml");
        assertThat(found.hostname()).isEqualTo("jarvis");
        assertThat(found.configs()).extracting(Found.ConfigFile::keys).allMatch(keys -> keys.contains("disable"));
        assertThat(found.toString()).doesNotContain("correct-horse");
    }

    @Test
    void splitsWordsAsSystemdDoes() {
        assertThat(Words.split("a 'b c' \"d \\\"e\\\"\" f\\x20g 'it'\"'\"'s' \\s"))
                .isEqualTo(List.of("a", "b c", "d \"e\"", "f g", "it's", " "));
    }

    @Test
    void readsVariablesAsSystemdDoes() {
        assertThat(EnvironmentFile.read(
                        "# it's a comment\nA='x y'\nB=\"q\\\"r\"\nC= bare word \nD='two\nlines'\nE=1\n"))
                .containsEntry("A", "x y")
                .containsEntry("B", "q\"r")
                .containsEntry("C", "bare word")
                .containsEntry("D", "two\nlines")
                .containsEntry("E", "1");
    }
}
