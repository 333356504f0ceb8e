package homelab.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import homelab.model.Addons;
import homelab.model.ArgoCd;
import homelab.model.Bundled;
import homelab.model.Chart;
import homelab.model.ChartRelease;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartsTest {
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMillis(5), 2);
    private static final String HELM = "helm-v3.18.4-linux-arm64.tar.gz";

    @TempDir
    private Path folder;

    private Mirror mirror;

    @BeforeEach
    void serve() throws IOException {
        mirror = new Mirror()
                .put("/charts/index.yaml", index("chart"))
                .put("/charts/files/whoami-1.0.0.tgz", "chart")
                .put("/helm/" + HELM, "helm")
                .put("/helm/" + HELM + ".sha256sum", sha256("helm") + "  " + HELM + "\n");
    }

    private static String index(String content) {
        return """
                apiVersion: v1
                entries:
                  whoami:
                    - {name: whoami, version: 1.1.0, digest: %s, urls: [files/whoami-1.1.0.tgz]}
                    - {name: whoami, version: 1.0.0, digest: %s, urls: [files/whoami-1.0.0.tgz]}
                """.formatted("0".repeat(64), sha256(content));
    }

    @AfterEach
    void stop() {
        mirror.close();
    }

    @Test
    void findsAChartInTheIndexOfItsRepositoryAndFetchesIt() throws IOException {
        Supply chart = resolve("1.0.0").chart(release("1.0.0")).orElseThrow();

        Path file = fetch().fetch(chart.artifact(), chart.from(), Progress.NONE);

        assertThat(file).hasFileName("whoami-1.0.0.tgz").hasContent("chart");
    }

    @Test
    void findsHelmByThePublishedSum() {
        Supply helm = resolve("1.0.0").helm().get("arm64");

        assertThat(helm.artifact().sha256()).isEqualTo(sha256("helm"));
        assertThat(fetch().fetch(helm.artifact(), helm.from(), Progress.NONE)).hasContent("helm");
    }

    @Test
    void findsHelmInAFolderOfTheUsers() throws IOException {
        Path file = Files.writeString(folder.resolve(HELM), "helm");
        Addons addons = new Addons(
                Addons.HELM,
                URI.create(folder.toUri().toString().replaceAll("/$", "")),
                List.of(),
                ArgoCd.NONE,
                Bundled.NONE,
                Map.of());

        Supply own = charts().resolve(addons, List.of("arm64")).helm().get("arm64");

        assertThat(own.artifact().sha256()).isEqualTo(sha256("helm"));
        assertThat(fetch().fetch(own.artifact(), own.from(), Progress.NONE)).hasContent("helm");
        Files.writeString(folder.resolve(HELM + ".sha256sum"), "0".repeat(64) + "  " + HELM + "\n");
        Supply published = charts().resolve(addons, List.of("arm64")).helm().get("arm64");
        assertThat(published.artifact().sha256()).isEqualTo("0".repeat(64));
        Files.delete(file);
        Failure failure = catchThrowableOfType(Failure.class, () -> charts().resolve(addons, List.of("arm64")));
        assertThat(failure.problems().toString())
                .contains("there is no " + file, "bring it there from https://get.helm.sh/");
    }

    @Test
    void needsNoNetworkForWhatIsPinnedAndThere() {
        Supplies first = resolve("1.0.0");
        charts().pin(addons("1.0.0"), first);
        first.charts().values().forEach(supply -> fetch().fetch(supply.artifact(), supply.from(), Progress.NONE));
        mirror.close();

        Supplies again = resolve("1.0.0");

        assertThat(again).isEqualTo(first);
        Supply chart = again.chart(release("1.0.0")).orElseThrow();
        assertThat(fetch().fetch(chart.artifact(), chart.from(), Progress.NONE)).hasContent("chart");
    }

    @Test
    void refusesAChartThatIsNoLongerWhatWasPinned() {
        charts().pin(addons("1.0.0"), resolve("1.0.0"));
        mirror.put("/charts/index.yaml", index("changed")).put("/charts/files/whoami-1.0.0.tgz", "changed");

        Supply chart = resolve("1.0.0").chart(release("1.0.0")).orElseThrow();
        Failure failure =
                catchThrowableOfType(Failure.class, () -> fetch().fetch(chart.artifact(), chart.from(), Progress.NONE));

        assertThat(failure.problems().toString()).contains("SHA-256", sha256("chart"), sha256("changed"));
    }

    @Test
    void keepsPinsOfChartsBesideThoseOfReleases() {
        Pins pins = Pins.beside(folder.resolve("home.yaml"));
        pins.add("v1.33.4+k3s1", Map.of("k3s", "a".repeat(64)));

        charts().pin(addons("1.0.0"), resolve("1.0.0"));

        assertThat(pins.of("charts", "whoami-1.0.0.tgz")).contains(sha256("chart"));
        assertThat(pins.of("helm", HELM)).contains(sha256("helm"));
        assertThat(pins.of("v1.33.4+k3s1").byName()).containsKey("k3s");
    }

    @Test
    void namesTheVersionsThereAre() {
        Failure failure = catchThrowableOfType(Failure.class, () -> resolve("9.9.9"));

        assertThat(failure.exit()).isEqualTo(Exit.USAGE);
        assertThat(failure.problems().toString()).contains("there is no whoami 9.9.9", "1.1.0, 1.0.0");
    }

    @Test
    void tellsARepositoryThatIsNone() {
        mirror.put("/charts/index.yaml", "<html>");

        Failure failure = catchThrowableOfType(Failure.class, () -> resolve("1.0.0"));

        assertThat(failure.problems().toString()).contains("it is no list of charts", "addons in the inventory");
    }

    @Test
    void takesAChartOfTheUsersOwnByItsContent() throws IOException {
        Path file = Files.writeString(folder.resolve("whoami-1.0.0.tgz"), "own");
        ChartRelease own = release(new Chart.Archive(file, "whoami", "1.0.0"));
        Supply chart =
                charts().resolve(Addons.of(List.of(own)), List.of()).chart(own).orElseThrow();

        assertThat(chart.artifact().sha256()).isEqualTo(sha256("own"));
        assertThat(fetch().fetch(chart.artifact(), chart.from(), Progress.NONE)).hasContent("own");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("whoami-1.0.0.tgz", "cache");
    }

    private Supplies resolve(String version) {
        return charts().resolve(addons(version), List.of("arm64"));
    }

    private Charts charts() {
        return new Charts(folder.resolve("home.yaml"), new Cache(folder.resolve("cache")), fetch());
    }

    private static Fetch fetch() {
        return new Fetch(SHORT);
    }

    private Addons addons(String version) {
        return new Addons(
                "v3.18.4",
                URI.create(mirror.base() + "helm"),
                List.of(release(version)),
                ArgoCd.NONE,
                Bundled.NONE,
                Map.of());
    }

    private ChartRelease release(String version) {
        return release(new Chart.Repository(URI.create(mirror.base() + "charts"), "whoami", version));
    }

    private static ChartRelease release(Chart chart) {
        return new ChartRelease("web", chart, "web", Map.of(), Map.of(), List.of());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
