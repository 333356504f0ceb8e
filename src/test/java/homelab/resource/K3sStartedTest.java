package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.ClusterToken;
import homelab.model.Secret;
import homelab.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that writes down what k3s is started with must say the very words that a plan compares with. */
class K3sStartedTest {
    private static final String CONFIG = """
            # Written by homelab
            node-name: ultron
            node-label: [disk=ssd]
            token-file: /etc/rancher/k3s/token
            """;

    @TempDir
    Path root;

    private final LocalSh sh = new LocalSh();

    @BeforeEach
    void host() throws IOException {
        put(
                "usr/local/bin/k3s",
                "#!/bin/sh\necho ran >>" + root + "/runs\necho 'k3s version v1.33.4+k3s1 (148243c4)'\n");
        Files.setPosixFilePermissions(root.resolve("usr/local/bin/k3s"), PosixFilePermissions.fromString("rwxr-xr-x"));
        put("etc/rancher/k3s/config.yaml", CONFIG);
        put("etc/rancher/k3s/token", "secret\n");
        put("etc/systemd/system/k3s-agent.service", "unit\n");
        put("etc/systemd/system/k3s-agent.service.d/10-homelab.conf", "drop-in\n");
    }

    @Test
    void saysWhatThePlanExpects() throws IOException {
        assertThat(started()).isEqualTo(wanted(CONFIG, "secret\n").text());
    }

    @Test
    void leavesLabelsToTheApi() throws IOException {
        put("etc/rancher/k3s/config.yaml", CONFIG.replace("disk=ssd", "disk=nvme"));
        assertThat(started()).isEqualTo(wanted(CONFIG, "secret\n").text());
        put("etc/rancher/k3s/config.yaml", CONFIG.replace("ultron", "vision"));
        assertThat(started()).isNotEqualTo(wanted(CONFIG, "secret\n").text());
    }

    @Test
    void countsATokenFileOnlyWhenItIsUsed() throws IOException {
        String without = CONFIG.replace("token-file: /etc/rancher/k3s/token\n", "");
        put("etc/rancher/k3s/config.yaml", without);
        assertThat(started()).isEqualTo(wanted(without, "").text());
    }

    @Test
    void countsWhatLeadsToTheOutsideOnlyWhereHomelabWroteIt() throws IOException {
        put("etc/rancher/k3s/registries.yaml", "# theirs\nmirrors: {}\n");
        assertThat(started()).isEqualTo(wanted(CONFIG, "secret\n").text());
        K3sOutside outside = new K3sOutside(
                List.of(TextFile.closed(K3sRegistries.PATH, "# Written by homelab\nmirrors: {}\n")),
                Optional.of(TextFile.closed(K3sProxy.PATH, "# Written by homelab\nHTTP_PROXY=\"http://a:1\"\n")));
        for (TextFile file :
                List.of(outside.registries().get(0), outside.proxy().orElseThrow())) {
            put(file.path().substring(1), file.content().reveal());
        }
        K3sFingerprint with = wanted(CONFIG, "secret\n").with(outside);
        assertThat(started()).isEqualTo(with.text()).contains("\nproxy ", "\nregistries ");
        assertThat(with.changesFrom(K3sFingerprint.parse(started()))).isEmpty();
        assertThat(wanted(CONFIG, "secret\n").changesFrom(K3sFingerprint.parse(started())))
                .containsExactly(
                        new Change("k3s runs with", "a proxy", "none"),
                        new Change("k3s runs with", "a registries.yaml", "none"));
        assertThat(with.changesFrom(
                        K3sFingerprint.parse(wanted(CONFIG, "secret\n").text())))
                .containsExactly(
                        new Change("k3s runs with", "no proxy", "the wanted one"),
                        new Change("k3s runs with", "no registries.yaml", "the wanted one"));
    }

    @Test
    void hashesTheProgramAnewOnlyWhenItChanged() throws IOException {
        started();
        started();
        assertThat(Files.readString(root.resolve("runs"))).isEqualTo("ran\n");
        assertThat(Files.readString(root.resolve("var/lib/homelab/k3s.sha256")))
                .endsWith(" " + sum() + " v1.33.4+k3s1\n");
        put("usr/local/bin/k3s", "#!/bin/sh\necho other\n");
        assertThat(started()).contains("binary " + sum() + "\n");
    }

    @Test
    void isReadByTheBinarysProbe() throws IOException {
        started();
        K3sBinary binary = new K3sBinary("v1.33.4+k3s1", Path.of("k3s"), sum());
        String probe = binary.probes().get(0).shell().replace("/usr/local", root + "/usr/local");
        assertThat(sh.run(probe).out()).isEqualTo(sum() + " 755\n");
        Path stamp = root.resolve("var/lib/homelab/k3s.sha256");
        Files.writeString(stamp, Files.readString(stamp).replace(sum(), "f".repeat(64)));
        assertThat(sh.run(probe.replace("/var/lib", root + "/var/lib")).out()).isEqualTo("f".repeat(64) + " 755\n");
    }

    private String started() throws IOException {
        LocalSh.Ran ran = sh.run("set -- k3s-agent " + root + "\n"
                + Templates.load("usr/local/lib/homelab/k3s-started").text());
        assertThat(ran.exit()).as(ran.out()).isZero();
        return Files.readString(root.resolve("run/homelab/k3s.started"));
    }

    private K3sFingerprint wanted(String config, String token) throws IOException {
        Optional<ClusterToken> shown = Optional.of(token)
                .filter(text -> !text.isEmpty())
                .map(text -> new ClusterToken(new Secret(text.strip())));
        return K3sFingerprint.of(sum(), config, shown, "unit\n", "drop-in\n", false);
    }

    private String sum() throws IOException {
        return Content.of(Files.readString(root.resolve("usr/local/bin/k3s"))).sha256();
    }

    private void put(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
