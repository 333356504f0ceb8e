package homelab.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Sections;
import homelab.probe.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutsideNotesTest {
    private static final String REGISTRIES = "/etc/rancher/k3s/registries.yaml";
    private static final String TEXT = """
            mirrors:
              docker.io: {endpoint: ["https://tony:hunter2@registry.home.arpa"]}
            configs:
              registry.home.arpa: {auth: {username: tony, password: hunter2}}
            """;

    private static List<String> notes(String path, String text) {
        return OutsideNotes.lines(new Sections(Map.of(path, text)));
    }

    @Test
    void namesTheRegistriesOfOthersWhichStay() {
        assertThat(notes(REGISTRIES, TEXT))
                .containsExactly(
                        "# not kept: /etc/rancher/k3s/registries.yaml (mirrors: docker.io; configs: registry.home.arpa), since it may hold passwords;",
                        "# it stays on the hosts as it is, unless registries: says otherwise here");
    }

    @Test
    void saysThatHomelabsOwnWouldGo() {
        assertThat(notes(REGISTRIES, "# Written by homelab from its inventory\n" + TEXT))
                .last()
                .asString()
                .contains("before the next bootstrap, which takes it away");
        assertThat(notes("/etc/rancher/k3s/proxy.env", "# Written by homelab\nHTTP_PROXY=http://tony:hunter2@p:1\n"))
                .hasSize(2)
                .last()
                .asString()
                .contains("proxy:");
    }

    @Test
    void tellsNoPasswordWhateverTheFileIs() {
        for (String text : List.of(TEXT, "{", "- hunter2", "mirrors: hunter2", "configs: [hunter2]", "")) {
            assertThat(notes(REGISTRIES, text).toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void saysNothingWhereThereIsNoSuchFile() {
        assertThat(OutsideNotes.PROBE.parser().apply(new Answer(0, "".getBytes(StandardCharsets.UTF_8), false)))
                .isEmpty();
    }
}
