package homelab.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.model.Addons;
import homelab.model.Chart;
import homelab.model.ChartRelease;
import homelab.model.RegistryLogin;
import homelab.model.SecretSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddonsSectionTest {
    private static final String TEXT = Written.HEAD + Written.NODES;

    @TempDir
    private Path folder;

    @Test
    void installsNothingUnlessItIsNamed() {
        assertThat(Written.read(TEXT).addons()).isEqualTo(Addons.NONE);
    }

    @Test
    void putsStorageFirstThenArgoCdThenTheRest() {
        Addons addons = Written.read(TEXT + """
                addons:
                  releases: {echo: {chart: "oci://ghcr.io/example/echo", version: 0.2.1}}
                  argocd: {version: 9.7.1}
                  longhorn: {version: 1.11.2}
                """).addons();
        assertThat(addons.releases())
                .extracting(ChartRelease::title)
                .containsExactly("longhorn-system/longhorn", "argocd/argo-cd", "echo/echo");
        assertThat(addons.releases())
                .extracting(ChartRelease::chart)
                .containsExactly(
                        new Chart.Repository(URI.create("https://charts.longhorn.io"), "longhorn", "1.11.2"),
                        new Chart.Repository(URI.create("https://argoproj.github.io/argo-helm"), "argo-cd", "9.7.1"),
                        new Chart.Registry("ghcr.io/example/echo", "0.2.1"));
    }

    @Test
    void leavesOutWhatIsNotEnabled() {
        Addons addons = Written.read(TEXT + "addons: {longhorn: {version: 1.11.2, enabled: false}}\n")
                .addons();
        assertThat(addons.releases()).isEmpty();
        assertThat(addons.longhorn()).isFalse();
    }

    @Test
    void takesHelmFromAFolderBesideTheInventory() throws IOException {
        Files.createDirectory(folder.resolve("helm"));
        assertThat(downloads("./helm")).isEqualTo(URI.create("file://" + folder.resolve("helm")));
        assertThat(downloads("https://mirror.example/helm/")).isEqualTo(URI.create("https://mirror.example/helm"));
        assertThatThrownBy(() -> downloads("./none"))
                .hasMessageContaining("addons.helm.downloads is not a web address or a folder");
    }

    private URI downloads(String text) {
        String all = TEXT + "addons: {helm: {downloads: " + text + "}}\n";
        Source source = Source.of(folder.resolve("inventory.yaml").toString(), all);
        return InventoryReader.read(source, new Paths(folder, folder)).addons().helmDownloads();
    }

    @Test
    void readsWhatOpensARegistryByItsHostAndPort() {
        SecretSource token = new SecretSource.FromEnv("GHCR_TOKEN");
        assertThat(registries(
                        "ghcr.io: {username: tony, password: {env: GHCR_TOKEN}}, 10.0.1.5:5000: {username: robot$home,"
                                + " password: {env: GHCR_TOKEN}}"))
                .isEqualTo(Map.of(
                        "ghcr.io", new RegistryLogin("tony", token),
                        "10.0.1.5:5000", new RegistryLogin("robot$home", token)));
    }

    private static Map<String, RegistryLogin> registries(String text) {
        return Written.read(TEXT + "addons: {registries: {" + text + "}}\n")
                .addons()
                .registries();
    }

    @Test
    void readsASecretAsItsSource() {
        ChartRelease web = release("secrets: {login: {password: {env: WEB_PASSWORD}}}");
        assertThat(web.secrets())
                .isEqualTo(Map.of("login", Map.of("password", new SecretSource.FromEnv("WEB_PASSWORD"))));
    }

    @Test
    void takesNameAndVersionOfAPackedChartFromItsFile() throws IOException {
        Files.writeString(folder.resolve("who-am-i-1.0.0.tgz"), "");
        assertThat(release("chart: who-am-i-1.0.0.tgz", "").chart())
                .isEqualTo(new Chart.Archive(folder.resolve("who-am-i-1.0.0.tgz"), "who-am-i", "1.0.0"));
    }

    @Test
    void readsValuesAsEveryProgramDoes() throws IOException {
        Files.writeString(folder.resolve("values.yaml"), """
                replicas: 3
                share: 0.5
                on: true
                time: 12:30:00
                version: 1.10
                gone: null
                hosts: [a, {b: "010"}]
                """);
        assertThat(release("values: values.yaml").values())
                .containsExactlyInAnyOrderEntriesOf(map(
                        "replicas",
                        3L,
                        "share",
                        new BigDecimal("0.5"),
                        "on",
                        true,
                        "time",
                        "12:30:00",
                        "version",
                        new BigDecimal("1.10"),
                        "gone",
                        null,
                        "hosts",
                        List.of("a", Map.of("b", "010"))));
    }

    private static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new java.util.HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    @Test
    void takesAFileOfCommentsForNoValues() throws IOException {
        Files.writeString(folder.resolve("values.yaml"), "# nothing yet\n\n");
        assertThat(release("values: values.yaml").values()).isEmpty();
    }

    @Test
    void tellsMistakesInValuesWithTheirOwnPlace() throws IOException {
        Files.writeString(folder.resolve("values.yaml"), "ingress:\n  enabled: yes\nmode: 0644\nmode: 1\n");
        String told = Written.told(Written.problems(() -> release("values: values.yaml")));
        assertThat(told)
                .contains("values.yaml:2:12: 'yes' is ambiguous", "values.yaml:3:7: '0644'", "values.yaml:4:1: ");
    }

    private ChartRelease release(String more) {
        return release("chart: whoami, repo: https://charts.example", ", " + more);
    }

    private ChartRelease release(String chart, String more) {
        String text = TEXT + "addons: {releases: {web: {version: 1.0.0, " + chart + more + "}}}\n";
        Source source = Source.of(folder.resolve("inventory.yaml").toString(), text);
        return InventoryReader.read(source, new Paths(folder, folder))
                .addons()
                .releases()
                .get(0);
    }
}
