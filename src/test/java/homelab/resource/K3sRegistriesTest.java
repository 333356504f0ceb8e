package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import homelab.model.Registries;
import homelab.model.Registries.ClientCertificate;
import homelab.model.Registries.Mirror;
import homelab.model.Registries.Opened;
import homelab.model.RegistryLogin;
import homelab.model.Secret;
import homelab.model.SecretSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class K3sRegistriesTest {
    private static final SecretSource SOURCE = new SecretSource.FromEnv("SOURCE");
    private static final Opened PLAIN = new Opened(Optional.empty(), Optional.empty(), Optional.empty(), false);
    private static final Opened TONY =
            new Opened(Optional.of(new RegistryLogin("tony", SOURCE)), Optional.empty(), Optional.empty(), false);

    private String password = "hunter2";

    private List<TextFile> files(Map<String, Mirror> mirrors, Map<String, Opened> hosts) {
        return new K3sRegistries(new Registries(mirrors, hosts), new K3sRegistries.Sources() {
                    @Override
                    public Secret password(RegistryLogin login) {
                        return new Secret(password);
                    }

                    @Override
                    public String text(Path file) {
                        return file + "\n";
                    }

                    @Override
                    public Secret key(ClientCertificate client) {
                        return new Secret("key\n");
                    }
                })
                .files();
    }

    private static Object read(TextFile file) {
        return new Yaml().load(file.content().reveal());
    }

    @Test
    void writesNoFileForAClusterThatNamesNoRegistry() {
        assertThat(files(Map.of(), Map.of())).isEmpty();
    }

    @Test
    void saysMirrorsAndLoginsInTheWordsOfK3s() {
        Mirror mirror = new Mirror(List.of(URI.create("http://10.0.1.5:5000")), Map.of("^library/(.*)", "mirror/$1"));
        List<TextFile> files = files(Map.of("docker.io", mirror), Map.of("10.0.1.5:5000", TONY));
        assertThat(files).singleElement().satisfies(file -> {
            assertThat(file.path()).isEqualTo("/etc/rancher/k3s/registries.yaml");
            assertThat(file.mode()).isEqualTo("0600");
        });
        assertThat(read(files.get(0)))
                .isEqualTo(Map.of(
                        "mirrors",
                        Map.of(
                                "docker.io",
                                Map.of(
                                        "endpoint",
                                        List.of("http://10.0.1.5:5000"),
                                        "rewrite",
                                        Map.of("^library/(.*)", "mirror/$1"))),
                        "configs",
                        Map.of("10.0.1.5:5000", Map.of("auth", Map.of("username", "tony", "password", "hunter2")))));
    }

    @Test
    void keepsAPasswordWhateverIsInIt() {
        password = "\"}\\ ': #{[\t\u2028é";
        Map<?, ?> configs = (Map<?, ?>) ((Map<?, ?>)
                        read(files(Map.of(), Map.of("10.0.1.5:5000", TONY)).get(0)))
                .get("configs");
        Map<?, ?> auth = (Map<?, ?>) ((Map<?, ?>) configs.get("10.0.1.5:5000")).get("auth");
        assertThat(auth.get("password")).isEqualTo(password);
    }

    @Test
    void neverShowsAFileThatHoldsAPassword() {
        TextFile file = files(Map.of(), Map.of("10.0.1.5:5000", TONY)).get(0);
        assertThat(file.content()).isInstanceOf(Content.Hidden.class);
        assertThat(file.toString()).doesNotContain("hunter2");
    }

    @Test
    void showsAFileWithoutAPassword() {
        Mirror mirror = new Mirror(List.of(URI.create("https://10.0.1.5")), Map.of());
        assertThat(files(Map.of("*", mirror), Map.of()).get(0).content()).isInstanceOf(Content.Open.class);
    }

    @Test
    void bringsCertificatesBeforeTheFileThatNamesThem() {
        ClientCertificate client = new ClientCertificate(Path.of("client.crt"), SOURCE);
        Opened opened = new Opened(Optional.empty(), Optional.of(Path.of("ca.crt")), Optional.of(client), true);
        List<TextFile> files = files(Map.of(), Map.of("registry.home.arpa:5000", opened));
        String folder = "/etc/rancher/k3s/registries/registry.home.arpa_5000/";
        assertThat(files)
                .extracting(TextFile::path, TextFile::mode)
                .containsExactly(
                        tuple(folder + "ca.crt", "0644"),
                        tuple(folder + "client.crt", "0644"),
                        tuple(folder + "client.key", "0600"),
                        tuple(K3sRegistries.PATH, "0600"));
        assertThat(files.get(3).content().reveal())
                .contains("ca_file: " + folder + "ca.crt", "key_file: " + folder + "client.key")
                .contains("insecure_skip_verify: true");
    }

    @Test
    void isTheSameTextOnEachRunInTheOrderOfTheInventory() {
        Map<String, Opened> hosts = new LinkedHashMap<>();
        for (String host : List.of("z:1", "a:1", "m:1")) {
            hosts.put(host, PLAIN);
        }
        String text = files(Map.of(), hosts).get(0).content().reveal();
        assertThat(text.indexOf("z:1")).isLessThan(text.indexOf("a:1"));
        assertThat(text.indexOf("a:1")).isLessThan(text.indexOf("m:1"));
    }
}
