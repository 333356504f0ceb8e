package homelab.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import homelab.model.Chart;
import homelab.model.Secret;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(5), 2);

    @TempDir
    private Path folder;

    private RegistryDouble registry;

    @BeforeEach
    void serve() throws IOException {
        registry = new RegistryDouble();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private Chart.Registry chart(String version) {
        return new Chart.Registry(registry.host() + "/charts/whoami", version);
    }

    private String sum(String version) {
        return new Fetch(SHORT).registry().sha256(chart(version));
    }

    @Test
    void findsTheChartsSumWithATokenThatAnybodyGets() {
        assertThat(sum("1.0.0+7")).isEqualTo(RegistryDouble.SUM);
    }

    @Test
    void fetchesItFromTheStorageThatItIsSentOnToWithoutTheToken() {
        Release.Artifact artifact = new Cache(folder).artifact("whoami-1.0.0+7.tgz", sum("1.0.0+7"));

        Path file = new Fetch(SHORT).fetch(artifact, Registry.address(chart("1.0.0+7")), Progress.NONE);

        assertThat(file).hasContent(RegistryDouble.CHART);
        assertThat(registry.asked).contains("/storage/it?signed=yes");
    }

    @Test
    void saysWhatIsNotThere() {
        assertThat(refusal("2.0.0"))
                .contains("cannot fetch oci://" + registry.host() + "/charts/whoami:2.0.0", "HTTP 404", "version");
    }

    @Test
    void saysWhatToDoWhereALoginIsWanted() {
        registry.givesTokens = false;

        assertThat(refusal("1.0.0+7")).contains("without a login", "addons.registries." + registry.host(), "helm pull");
    }

    @Test
    void refusesAnImageThatIsNoChart() {
        registry.layer = "application/vnd.oci.image.layer.v1.tar+gzip";

        assertThat(refusal("1.0.0+7")).contains("no chart of Helm");
    }

    @Test
    void saysThatTheRegistryIsAway() {
        registry.close();

        Failure failure = catchThrowableOfType(Failure.class, () -> sum("1.0.0+7"));

        assertThat(failure.exit()).isEqualTo(Exit.FAILED);
        assertThat(failure.problems().toString())
                .contains("cannot download http://" + registry.host(), "the chart's address in the inventory");
    }

    private String refusal(String version) {
        Failure failure = catchThrowableOfType(Failure.class, () -> sum(version));
        assertThat(failure.exit()).isEqualTo(Exit.USAGE);
        return failure.problems().toString();
    }

    private Fetch withLogin(String password) {
        Logins.Login login = new Logins.Login("tony", new Secret(password));
        return new Fetch(SHORT, host -> Optional.of(login).filter(known -> host.equals(registry.host())));
    }

    @Test
    void getsATokenForALoginAndTakesTheLoginNowhereElse() {
        registry.opens = "Basic dG9ueTpodW50ZXIy"; // tony:hunter2
        Fetch fetch = withLogin("hunter2");
        String sum = fetch.registry().sha256(chart("1.0.0+7"));
        Release.Artifact artifact = new Cache(folder).artifact("whoami-1.0.0+7.tgz", sum);

        Path file = fetch.fetch(artifact, Registry.address(chart("1.0.0+7")), Progress.NONE);

        assertThat(file).hasContent(RegistryDouble.CHART);
        assertThat(registry.asked.toString()).doesNotContain("hunter2");
    }

    @Test
    void saysWhomTheRegistryDoesNotLetInAndNeverByWhichPassword() {
        registry.opens = "Basic dG9ueTpodW50ZXIy";

        Failure failure = catchThrowableOfType(
                Failure.class, () -> withLogin("zebra").registry().sha256(chart("1.0.0+7")));

        assertThat(failure.exit()).isEqualTo(Exit.USAGE);
        assertThat(failure.problems().toString())
                .contains("cannot fetch oci://" + registry.host() + "/charts/whoami:1.0.0+7")
                .contains("HTTP 401", "does not let tony in", "addons.registries." + registry.host())
                .doesNotContain("zebra");
    }

    @Test
    void sendsNoPasswordToWhereAllCanReadIt() {
        registry.realm = "http://tokens.example/token";

        Failure failure = catchThrowableOfType(
                Failure.class, () -> withLogin("hunter2").registry().sha256(chart("1.0.0+7")));

        assertThat(failure.exit()).isEqualTo(Exit.REFUSED);
        assertThat(failure.problems().toString()).contains("is not sent to tokens.example", "not https");
    }

    @Test
    void asksForNoPasswordWhereNobodyWantsOne() {
        registry.open = true;
        AtomicInteger asked = new AtomicInteger();
        Fetch fetch = new Fetch(SHORT, host -> {
            asked.incrementAndGet();
            return Optional.empty();
        });

        assertThat(fetch.registry().sha256(chart("1.0.0+7"))).isEqualTo(RegistryDouble.SUM);
        assertThat(asked).hasValue(0);
    }
}
