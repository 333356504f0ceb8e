package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.phase.SampleSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class K3sConfigTest {

    /** With {@code -Dgolden=write} the files are written instead of compared. */
    @ParameterizedTest
    @CsvSource({
        "two-pis,jarvis,false",
        "two-pis,ultron,true",
        "ha-mixed,jarvis,true",
        "ha-mixed,vision,true",
        "ha-mixed,hulk,true"
    })
    void writesTheGoldenFiles(String example, String name, boolean token) throws IOException {
        Cluster cluster = example.equals("two-pis") ? SampleSite.twoPis() : SampleSite.haMixed();
        Optional<Ip> server = name.equals("jarvis") ? Optional.empty() : Optional.of(Ip.parse("10.0.1.10"));
        String text = K3sConfig.text(cluster, node(cluster, name), server, token);
        Path golden = Path.of("src/test/resources/k3s", example + "-" + name + ".yaml");
        if (System.getProperty("golden", "").equals("write")) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
        assertThat((Object) new Yaml().load(text)).isInstanceOf(Map.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yes",
                "0600",
                "1e3",
                "0x10",
                "a: b",
                "#x",
                "- a",
                "{a}",
                "\"",
                "\\",
                "tab\there",
                "ü",
                "null",
                "12:34:56",
                "a=b",
                "=",
                "~",
                "2001:db8::1",
                "true",
                "v1.33.4+k3s1",
                "*/6",
                "a\nb"
            })
    void writesEveryTextSoThatItIsReadAsThatText(String value) {
        Map<String, Object> read =
                new Yaml().load(new K3sYaml().put("key", value).toString());
        assertThat(read).containsEntry("key", value);
    }

    @Test
    void writesTheAddressOfAnIpv6ServerInBrackets() {
        Cluster cluster = SampleSite.twoPis();
        assertThat(K3sConfig.text(cluster, node(cluster, "ultron"), Optional.of(Ip.parse("fd00::1")), true))
                .contains("server: \"https://[fd00::1]:6443\"");
    }

    private static Node node(Cluster cluster, String name) {
        return cluster.nodes().stream()
                .filter(node -> node.name().text().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
