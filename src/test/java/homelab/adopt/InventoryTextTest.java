package homelab.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Sections;
import homelab.inventory.InventoryReader;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.NodeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTextTest {
    @TempDir
    private Path folder;

    private static Member member(String name, String address, boolean server) throws IOException {
        String text = Files.readString(Path.of("src/test/resources/adopt/install-script-" + name + ".txt"));
        return new Member(
                name,
                Ip.parse(address),
                server,
                Optional.of("10.77.2.0/24"),
                "Raspberry Pi 5 Model B Rev 1.0",
                FoundProbe.read(Sections.parse(text)),
                "");
    }

    @Test
    void writesAnInventoryThatSaysWhatWasFound() throws IOException {
        String text = InventoryText.of(
                "attic",
                "v1.33.4+k3s1",
                true,
                false,
                "defaults:\n  user: pi\n",
                List.of(member("jarvis", "10.77.2.11", true), member("ultron", "10.77.2.12", false)));
        Cluster cluster = InventoryReader.read(Files.writeString(folder.resolve("it.yaml"), text));
        assertThat(cluster.name()).isEqualTo("attic");
        assertThat(cluster.k3s().disable()).containsExactly("traefik", "servicelb", "metrics-server");
        assertThat(cluster.k3s().secretsEncryption()).isTrue();
        assertThat(cluster.k3s().kubeletArgs()).containsExactly("max-pods=100");
        assertThat(cluster.k3s().tlsSans()).containsExactly("10.77.2.11");
        assertThat(cluster.node(new NodeName("ultron")).orElseThrow().labels()).hasToString("[disk=ssd]");
        assertThat(text).contains("# from the unit's arguments").doesNotContain("correct-horse", "not kept");
    }

    @Test
    void tellsOfANodeThatWasNotReached() throws IOException {
        Member away = new Member(
                "ultron", Ip.parse("10.77.2.12"), false, Optional.empty(), "", Optional.empty(), "timed out");
        assertThat(InventoryText.of(
                        "attic", "v1.33.4+k3s1", true, false, "", List.of(member("jarvis", "10.77.2.11", true), away)))
                .contains("ultron: {address: 10.77.2.12, role: agent}   # not reached: timed out");
    }
}
