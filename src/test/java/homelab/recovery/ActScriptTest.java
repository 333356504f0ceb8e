package homelab.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that takes away what dead pods left, among a k3s and folders of the test's own. */
class ActScriptTest {
    private static final Path SCRIPT = Path.of("templates/usr/local/lib/homelab/act");
    private static final String TASKS = "/run/k3s/containerd/io.containerd.runtime.v2.task/k8s.io/";

    @TempDir
    private Path root;

    private record Acted(int exit, String errors, String called) {}

    @BeforeEach
    void aK3sThatTellsWhatItWasAsked() throws IOException {
        Path k3s = Files.createDirectories(root.resolve("bin")).resolve("k3s");
        Files.writeString(
                k3s,
                "#!/bin/sh\necho \"$*\" >>" + root
                        + "/called\n[ \"$3\" != refuses ] || { echo is running; exit 1; }\n");
        Files.setPosixFilePermissions(k3s, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(root.resolve("run"));
        keep("called", "");
    }

    private void keep(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    private Acted act(String shell, String deeds) throws IOException, InterruptedException {
        String script = Files.readString(SCRIPT)
                .replace("/var/lib/", root + "/var/lib/")
                .replace("/run/", root + "/run/");
        keep("act", script);
        keep("deeds", deeds);
        String[] words = (shell + " " + root + "/act").split(" ");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectInput(root.resolve("deeds").toFile());
        builder.environment().put("PATH", root + "/bin:" + System.getenv("PATH"));
        Process process = builder.start();
        String errors = new String(process.getErrorStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Acted(process.exitValue(), errors, Files.readString(root.resolve("called")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void removesWithoutForceAndCountsEachPodOnce(String shell) throws Exception {
        Acted acted = act(
                shell,
                "remove aa A barred u-1\nremove bb A sibling u-1\ncontainer-remove cc A barred u-2\nleave dd - kept u-3\nask ee A once u-4\n");

        assertThat(acted.exit()).as(acted.errors()).isZero();
        assertThat(acted.called().lines()).containsExactlyInAnyOrder("crictl rmp aa", "crictl rmp bb", "crictl rm cc");
        assertThat(root.resolve("run/homelab-removed")).hasContent("u-1\nu-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void leavesWhatCameAliveAndGoesOnAfterARefusal(String shell) throws Exception {
        keep(TASKS.substring(1) + "aa/config.json", "{}");

        Acted acted = act(shell, "remove aa - waits u-1\nremove refuses - waits u-2\nremove bb - waits u-3\n");

        assertThat(acted.exit()).isEqualTo(1);
        assertThat(acted.errors()).contains("aa came alive", "refuses: is running");
        assertThat(acted.called().lines()).contains("crictl rmp bb").doesNotContain("crictl rmp aa");
        assertThat(root.resolve("run/homelab-removed")).hasContent("u-3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void movesFilesAwayAndLeavesAnAddressThatSomebodyTook(String shell) throws Exception {
        String cache = root + "/var/lib/cni/results/cbr0-aa-eth0";
        keep("var/lib/cni/results/cbr0-aa-eth0", "");
        keep("var/lib/cni/networks/cbr0/10.42.0.3", "gone\r\neth0");
        keep("var/lib/cni/networks/cbr0/10.42.0.4", "another\r\neth0");
        keep("var/lib/cni/networks/cbr0/10.42.0.5", "");

        Acted acted = act(
                shell, "cache " + cache + " aa\naddress 10.42.0.3 gone\naddress 10.42.0.4 gone\naddress 10.42.0.5 -\n");

        assertThat(acted.exit()).as(acted.errors()).isZero();
        assertThat(Path.of(cache)).doesNotExist();
        assertThat(root.resolve("var/lib/cni/networks/cbr0")).isDirectoryContaining("glob:**10.42.0.4");
        try (Stream<Path> left = Files.list(root.resolve("var/lib/cni/networks/cbr0"))) {
            assertThat(left).hasSize(1);
        }
        try (Stream<Path> kept = Files.walk(root.resolve("var/lib/homelab/taken-away"))) {
            assertThat(kept.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("cbr0-aa-eth0", "10.42.0.3", "10.42.0.5");
        }
    }
}
