package homelab.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class K3sProbeTest {
    private static final Sections SERVER = Captures.sections("debian-12-server-k3s");
    private static final Sections SERVER_UNITS = Captures.sections("debian-12-server-units");

    @Test
    void readsAServerThatAnswers() {
        assertThat(K3sProbe.state(SERVER, SERVER_UNITS))
                .isEqualTo(new K3sState(
                        Optional.of("v1.33.4+k3s1"),
                        Optional.of("c5c8b1ceaa658d96168961e894db32e760d11105b275a3d75a2a13ace658db14"),
                        Optional.of("k3s"),
                        "active",
                        true,
                        Optional.of("f42c0b2589b4579397ae92433b257fd8f3df6ea4aa5ffe0f65a30c263ca0e711"),
                        Optional.of("08b25a7fd2d475b65785e074d49625e0897517442c33b0a2e81242a770916eec"),
                        "etcd",
                        true,
                        Optional.of("10.42.0.0/24"),
                        Set.of(),
                        new K3sSettings(Optional.empty(), true, List.of()),
                        true));
    }

    @Test
    void readsAHostWithoutK3s() {
        K3sState bare =
                K3sProbe.state(Captures.sections("debian-12-host-k3s"), Captures.sections("debian-12-host-units"));

        assertThat(bare).isEqualTo(SampleFacts.noK3s());
    }

    @Test
    void anApiThatSaysAnythingButOkIsNotReady() {
        Sections starting = Sections.parse(Captures.text("debian-12-server-k3s").replace("ready\nok", "ready\nnot ok"));

        assertThat(K3sProbe.state(starting, SERVER_UNITS).apiReady()).isFalse();
    }

    @Test
    void ofTwoUnitsTheOneThatIsNotAtRestCounts() {
        K3sState state = K3sProbe.state(SERVER, Captures.sections("synthetic-chrony-units"));

        assertThat(state.unit()).contains("k3s-agent");
        assertThat(state.active()).isEqualTo("failed");
    }

    @Test
    void findsTheTagInWhatK3sSays() {
        assertThat(K3sProbe.version("k3s version v1.33.4+k3s1 (148243c4)\ngo version go1.24.5"))
                .contains("v1.33.4+k3s1");
        assertThat(K3sProbe.version("v1.34.0-rc1+k3s2")).contains("v1.34.0-rc1+k3s2");
        assertThat(K3sProbe.version("Segmentation fault")).isEmpty();
    }

    @Test
    void thePodNetworkIsThatOfTheBridgesAddress() {
        assertThat(K3sProbe.podCidr("FLANNEL_NETWORK=10.42.0.0/16\nFLANNEL_SUBNET=10.42.17.1/24"))
                .contains("10.42.17.0/24");
        assertThat(K3sProbe.podCidr("FLANNEL_SUBNET=10.42.131.1/20")).contains("10.42.128.0/20");
        assertThat(K3sProbe.podCidr("")).isEmpty();
    }

    @Test
    void believesAStampOnlyAsLongAsItFitsTheFile(@TempDir Path folder) throws Exception {
        Path program = Files.writeString(folder.resolve("k3s"), "#!/bin/sh\necho k3s version v1.2.3+k3s4\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        String key =
                Sh.run("stat -L -c '%s %Y %i' " + program, List.of("sh")).text().strip();
        Path stamp = Files.writeString(folder.resolve("stamp"), key + " " + "5a".repeat(32) + " v9.9.9+k3s9\n");

        assertThat(look(program, stamp).text("binary")).isEqualTo("5a".repeat(32));
        assertThat(look(program, stamp).text("version")).isEqualTo("v9.9.9+k3s9");

        Files.writeString(program, "#!/bin/sh\necho k3s version v1.2.3+k3s4 # patched\n");
        assertThat(look(program, stamp).text("binary")).matches("[0-9a-f]{64}").isNotEqualTo("5a".repeat(32));
        assertThat(look(program, stamp).text("version")).isEqualTo("k3s version v1.2.3+k3s4");
    }

    @Test
    void asksForTheVersionThatAStampDoesNotTell(@TempDir Path folder) throws Exception {
        Path program = Files.writeString(folder.resolve("k3s"), "#!/bin/sh\necho k3s version v1.2.3+k3s4\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        String key =
                Sh.run("stat -L -c '%s %Y %i' " + program, List.of("sh")).text().strip();
        Path stamp = Files.writeString(folder.resolve("stamp"), key + " " + "5a".repeat(32) + "\n");

        assertThat(look(program, stamp).text("version")).isEqualTo("k3s version v1.2.3+k3s4");
    }

    private static Sections look(Path program, Path stamp) {
        String script = K3sProbe.PROBE
                .shell()
                .replace("bin=/usr/local/bin/k3s", "bin=" + program)
                .replace(K3sProbe.STAMP, stamp.toString());
        return Sections.parse(Sh.run(script, List.of("sh")).text());
    }

    @Test
    void theTokenNeverLeavesTheHost(@TempDir Path folder) throws Exception {
        Path server = Files.createDirectories(folder.resolve("server"));
        Files.writeString(server.resolve("token"), "K10abc::server:secret\n");
        String script = K3sProbe.PROBE.shell().replace("data=/var/lib/rancher/k3s", "data=" + folder);

        String said = Sh.run(script, List.of("sh")).text();

        assertThat(said).doesNotContain("secret");
        assertThat(Sections.parse(said).text("token")).startsWith(sha256("K10abc::server:secret"));
    }

    private static String sha256(String text) throws Exception {
        byte[] sum = java.security.MessageDigest.getInstance("SHA-256").digest(text.getBytes());
        return java.util.HexFormat.of().formatHex(sum);
    }

    @Test
    void readsWhomTheHostJoinsAndWhatDropInsSay() {
        List<String> own = List.of("server: https://10.0.1.10:6443", "cluster-init: false # no more");
        String file = "/etc/rancher/k3s/config.yaml.d/90-mine.yaml";

        assertThat(SettingsLines.read(own, List.of(file + ":flannel-backend: \"host-gw\"  # quick", file + ":junk")))
                .isEqualTo(new K3sSettings(
                        Optional.of("10.0.1.10"),
                        false,
                        List.of(new K3sSettings.DropIn(file, "flannel-backend", "host-gw"))));
        assertThat(SettingsLines.read(List.of("server: 'https://[fd00::10]:6443'"), List.of())
                        .server())
                .hasValue("fd00::10");
    }
}
