package homelab.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.model.Chart;
import homelab.model.Secret;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real registry that wants a name and a password, and one that wants tokens of somebody else. */
class RealRegistryTest {
    private static final String LOGIN = "Basic dG9ueTpodW50ZXIy"; // tony:hunter2
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(50), 2);

    @TempDir
    private Path folder;

    private final List<AutoCloseable> running = new ArrayList<>();

    @BeforeEach
    void needsTheProgram() {
        assumeTrue(RegistryProcess.isInstalled(), "there is no docker-registry here (Debian package of that name)");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : running) {
            one.close();
        }
    }

    private RegistryProcess withPasswords() throws Exception {
        RegistryProcess registry = RegistryProcess.knowingTony(folder);
        running.add(registry);
        registry.push(LOGIN, "charts/whoami", "1.0.0_7", "packed");
        return registry;
    }

    private RegistryProcess withTokens() throws Exception {
        TokensDouble tokens = new TokensDouble(folder, LOGIN);
        running.add(tokens);
        RegistryProcess registry = new RegistryProcess(folder, tokens.auth());
        running.add(registry);
        registry.push(tokens.pass("charts/whoami", "pull", "push"), "charts/whoami", "1.0.0_7", "packed");
        return registry;
    }

    private static Chart.Registry chart(RegistryProcess registry, String version) {
        return new Chart.Registry(registry.host() + "/charts/whoami", version);
    }

    private static Fetch knownBy(String password) {
        Logins.Login login = new Logins.Login("tony", new Secret(password));
        return new Fetch(SHORT, host -> Optional.of(login));
    }

    private static String refusal(Fetch fetch, Chart.Registry chart) {
        Failure failure =
                catchThrowableOfType(Failure.class, () -> fetch.registry().sha256(chart));
        assertThat(failure.exit()).isEqualTo(Exit.USAGE);
        return failure.problems().toString();
    }

    private void letsTonyIn(RegistryProcess registry) throws Exception {
        Chart.Registry chart = chart(registry, "1.0.0+7");
        Fetch fetch = knownBy("hunter2");
        String sum = fetch.registry().sha256(chart);
        Release.Artifact artifact = new Cache(folder.resolve("cache")).artifact("whoami-1.0.0+7.tgz", sum);

        assertThat(fetch.fetch(artifact, Registry.address(chart), Progress.NONE))
                .hasContent("packed");
        assertThat(registry.log()).doesNotContain("hunter2");
    }

    private static void saysWhatToDo(RegistryProcess registry) {
        Chart.Registry chart = chart(registry, "1.0.0+7");
        assertThat(refusal(new Fetch(SHORT), chart)).contains("HTTP 401", "addons.registries." + registry.host());
        assertThat(refusal(knownBy("zebra"), chart))
                .contains("HTTP 401", "does not let tony in")
                .doesNotContain("zebra");
        assertThat(refusal(knownBy("hunter2"), chart(registry, "2.0.0"))).contains("HTTP 404", "version");
    }

    @Test
    void letsInByAPassword() throws Exception {
        RegistryProcess registry = withPasswords();
        letsTonyIn(registry);
        saysWhatToDo(registry);
    }

    @Test
    void letsInByATokenThatIsGivenForAPassword() throws Exception {
        RegistryProcess registry = withTokens();
        letsTonyIn(registry);
        saysWhatToDo(registry);
    }
}
