package homelab.resource.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Answer;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.recovery.EvidenceReader;
import homelab.recovery.Ground;
import homelab.recovery.Offline;
import homelab.recovery.Scripts;
import homelab.resource.Deed;
import homelab.resource.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerdAsideTest {
    private static final ContainerdAside RESOURCE =
            new ContainerdAside("k3s-agent", new Offline("ultron", Optional.of(List.of()), Set.of(), Set.of()));
    private static final String GROUND = "folder plain\nused 100\nfree 900\nnames yes\nsaid failed\n";

    @TempDir
    private Path root;

    @BeforeEach
    void aHostWhoseContainerdCannotStart() throws IOException {
        Path program = Files.createDirectories(root.resolve("bin")).resolve("systemctl");
        Files.writeString(program, "#!/bin/sh\necho \"$*\" >>" + root + "/asked\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        keep("var/lib/rancher/k3s/agent/containerd/containerd.log", log());
        keep("run/k3s/containerd/x", "");
        keep("var/lib/cni/networks/cbr0/10.42.0.7", "x");
        Files.createDirectories(root.resolve("proc"));
    }

    private static String log() throws IOException {
        return Files.readString(Path.of("src/test/resources/containerd/twins.log"));
    }

    private void keep(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    private int act() throws IOException, InterruptedException {
        String script = ((Deed.Shell) RESOURCE.deed())
                .script()
                .replace("/var/lib/", root + "/var/lib/")
                .replace("/run/k3s", root + "/run/k3s")
                .replace("in /proc", "in " + root + "/proc");
        ProcessBuilder builder = new ProcessBuilder("dash", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PATH", root + "/bin:" + System.getenv("PATH"));
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private List<String> agent() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("var/lib/rancher/k3s/agent"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(root.resolve("asked"));
    }

    @Test
    void deletesNothingAndStartsAgain() throws Exception {
        assertThat(act()).isZero();

        assertThat(agent()).singleElement().asString().matches("containerd\\.aside-[0-9TZ]+");
        assertThat(root.resolve("run/k3s/containerd")).doesNotExist();
        assertThat(root.resolve("var/lib/cni/networks/cbr0")).doesNotExist();
        try (Stream<Path> kept = Files.walk(root.resolve("var/lib/homelab/taken-away"))) {
            assertThat(kept).anyMatch(file -> file.endsWith("var/lib/cni/networks/cbr0/10.42.0.7"));
        }
        assertThat(asked()).first().isEqualTo("stop k3s-agent");
        assertThat(asked()).last().isEqualTo("start --no-block k3s-agent");
    }

    /** Whatever the evidence takes for fatal the deed takes for it too. */
    @ParameterizedTest
    @ValueSource(strings = {"twins", "cut-off", "garbled", "fault"})
    void knowsEachWayInWhichContainerdEnds(String how) throws Exception {
        String before = log().lines().skip(1).findFirst().orElseThrow() + "\n";
        keep(
                "var/lib/rancher/k3s/agent/containerd/containerd.log",
                before + Files.readString(Path.of("src/test/resources/containerd", how + ".log")));

        assertThat(act()).isZero();
        assertThat(agent()).singleElement().asString().startsWith("containerd.aside-");
    }

    @ParameterizedTest
    @CsvSource({"containerd-shim, something runs", "containerd, it is up"})
    void movesNothingWhileSomethingRunsAndStartsAgain(String name, String why) throws Exception {
        keep("proc/17/comm", name + "\n");

        assertThat(act()).as(why).isEqualTo(1);

        assertThat(agent()).containsExactly("containerd");
        assertThat(root.resolve("var/lib/cni/networks/cbr0")).exists();
        assertThat(asked()).last().isEqualTo("start --no-block k3s-agent");
    }

    @Test
    void movesNothingWhenContainerdHasStartedMeanwhile() throws Exception {
        keep(
                "var/lib/rancher/k3s/agent/containerd/containerd.log",
                log() + log().lines().skip(1).findFirst().orElseThrow() + "\n");

        assertThat(act()).isEqualTo(1);
        assertThat(agent()).containsExactly("containerd");
    }

    private static Status status(String evidence, String ground) {
        return RESOURCE.status(new Readings(Map.of(
                Scripts.evidence().id(),
                new Reading.Known<>(EvidenceReader.read("homelab-evidence 1\n" + evidence + "\nend\n")),
                Ground.PROBE.id(),
                new Reading.Known<>(
                        Ground.PROBE.parser().apply(new Answer(0, (ground + "end\n").getBytes(UTF_8), false))))));
    }

    @Test
    void isDoneWhenContainerdTellsItsSandboxesAndNotBefore() {
        assertThat(status("runtime answers\nok s", GROUND)).isInstanceOf(Status.Same.class);
        assertThat(status("runtime answers", GROUND)).isInstanceOf(Status.Drift.class);
        assertThat(status("runtime off", GROUND)).isInstanceOf(Status.Drift.class);
        assertThat(status("runtime off\nf recover 1 2", GROUND)).isInstanceOf(Status.Drift.class);
    }

    @Test
    void isRefusedWhileSomethingRuns() {
        assertThat(status("runtime off\nf recover 1 2", GROUND + "runs default/web-0\n"))
                .isInstanceOf(Status.Refused.class);
    }
}
