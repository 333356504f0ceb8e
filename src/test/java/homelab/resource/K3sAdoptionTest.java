package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of a take-over, run for real below a scratch folder. */
class K3sAdoptionTest {
    private static final String UNIT = "/etc/systemd/system/k3s.service";
    private static final String ENVIRONMENT = UNIT + ".env";
    private static final String DROP_IN = "/etc/rancher/k3s/config.yaml.d/10-first.yaml";
    private static final String OURS = "# Written by homelab\n";
    private static final K3sFingerprint STARTED =
            K3sFingerprint.of("a".repeat(64), "tls-san: x\n", Optional.empty(), "unit\n", "drop-in\n", true);

    @TempDir
    Path root;

    private LocalSh sh = new LocalSh();

    @BeforeEach
    void aHostOfOthers() throws IOException {
        put(UNIT, "[Service]\nExecStart=/usr/local/bin/k3s server\n");
        put(ENVIRONMENT, "K3S_TOKEN='correct-horse'\nNO_PROXY='10.0.0.0/8'\n");
        put(K3sConfig.PATH, "disable: traefik\n");
        put(DROP_IN, "disable+: servicelb\n");
        Files.createDirectory(root.resolve("run"));
        Path tools = Files.createDirectory(root.resolve("tools"));
        sh = new FakeTools(tools)
                .with("chown", ":")
                .with("systemctl", "echo \"$@\" >>" + root + "/systemctl")
                .sh();
    }

    @Test
    void takesAwayWhatOthersSaidAndKeepsItByItsOwnPath() throws IOException {
        assertThat(status(adoption())).isInstanceOf(Status.Drift.class);

        assertThat(run(script()).exit()).isZero();

        assertThat(read(UNIT)).isEqualTo(OURS);
        assertThat(read(ENVIRONMENT)).isEqualTo("NO_PROXY='10.0.0.0/8'\n");
        assertThat(at(DROP_IN)).doesNotExist();
        assertThat(kept(UNIT)).contains("ExecStart");
        assertThat(kept(ENVIRONMENT)).contains("correct-horse");
        assertThat(kept(DROP_IN)).isEqualTo("disable+: servicelb\n");
        assertThat(read("/systemctl")).isEqualTo("daemon-reload\n");
        assertThat(status(adoption())).isEqualTo(Status.SAME);
    }

    @Test
    void hidesWhatItKeepsFromOthers() throws IOException {
        run(script());

        assertThat(Files.getPosixFilePermissions(at(K3sAdoption.KEPT)).toString())
                .doesNotContain("GROUP", "OTHERS");
    }

    @Test
    void isDoneAgainWhenItWasCutBeforeTheUnitAndKeepsWhatWasFoundFirst() throws IOException {
        String script = script();
        run(script.substring(0, script.lastIndexOf("base64 -d")));

        assertThat(read(K3sConfig.PATH)).startsWith(OURS);
        assertThat(read(UNIT)).contains("ExecStart");
        assertThat(status(adoption())).as("not taken over yet").isInstanceOf(Status.Drift.class);
        assertThat(read("/run/homelab/k3s.started")).as("what runs is known").isEqualTo(STARTED.text());

        run(script);

        assertThat(kept(K3sConfig.PATH)).isEqualTo("disable: traefik\n");
        assertThat(kept(ENVIRONMENT)).contains("correct-horse");
        assertThat(status(adoption())).isEqualTo(Status.SAME);
    }

    @Test
    void doesNotTakeAFileOfItsOwnForOneThatWasFound() throws IOException {
        Files.delete(at(K3sConfig.PATH));
        String script = script();
        run(script.substring(0, script.lastIndexOf("base64 -d")));

        run(script);

        assertThat(at(K3sAdoption.KEPT + at(K3sConfig.PATH))).doesNotExist();
    }

    @Test
    void remembersNothingOfWhatMustBeRestarted() {
        K3sAdoption other = with(Optional.empty(), Optional.empty());

        run(((Deed.Shell) other.deed()).script());

        assertThat(at("/run/homelab/k3s.started")).doesNotExist();
    }

    @Test
    void saysWhatSpeaksAgainstItAsLongAsItIsAnothers() throws IOException {
        Problem problem = Problem.of("has a secret", "it would be lost", "keep it");
        K3sAdoption refused = with(Optional.of(STARTED), Optional.of(problem));

        assertThat(status(refused)).isEqualTo(new Status.Refused(problem));
        put(UNIT, OURS);
        assertThat(status(refused)).isEqualTo(Status.SAME);
    }

    private static K3sAdoption adoption() {
        return with(Optional.of(STARTED), Optional.empty());
    }

    private static K3sAdoption with(Optional<K3sFingerprint> started, Optional<Problem> against) {
        return new K3sAdoption(
                "k3s",
                UNIT,
                List.of(TextFile.of(UNIT, OURS), TextFile.closed(K3sConfig.PATH, OURS + "disable: [traefik]\n")),
                List.of(DROP_IN),
                List.of(ENVIRONMENT),
                started,
                List.of(new Change("k3s", "runs", "goes on running")),
                against);
    }

    private String script() {
        return ((Deed.Shell) adoption().deed()).script();
    }

    private LocalSh.Ran run(String script) {
        return sh.run(below(script));
    }

    private Status status(K3sAdoption adoption) {
        Probe<?> look = adoption.probes().get(0);
        int exit = run(look.shell()).exit();
        return adoption.status(new Readings(Map.of(look.id(), LocalSh.reading(look, exit, ""))));
    }

    /** The host's paths, below the scratch folder. */
    private String below(String script) {
        return script.replaceAll("(?<![A-Za-z0-9+/$])/(etc|var/lib/homelab|run/homelab)", root + "/$1");
    }

    private Path at(String path) {
        return Path.of(root + path);
    }

    private void put(String path, String text) throws IOException {
        Files.createDirectories(at(path).getParent());
        Files.writeString(at(path), text);
    }

    private String read(String path) throws IOException {
        return Files.readString(at(path));
    }

    private String kept(String path) throws IOException {
        return read(K3sAdoption.KEPT + at(path));
    }
}
