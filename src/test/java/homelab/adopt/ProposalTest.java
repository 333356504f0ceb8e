package homelab.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.inventory.InventoryReader;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProposalTest {
    @TempDir
    private Path folder;

    private static Candidate host(String name, int last, String medium, int gigabytes) {
        return new Candidate(
                name,
                Ip.parse("10.0.1." + last),
                Optional.of("10.0.1.0/24"),
                "Raspberry Pi 5",
                medium,
                gigabytes * (1L << 30),
                "");
    }

    private Cluster read(Candidate... hosts) throws IOException {
        String text = Proposal.text("attic", "v1.33.4+k3s1", "defaults:\n  user: pi\n", List.of(hosts));
        return InventoryReader.read(Files.writeString(folder.resolve("it.yaml"), text));
    }

    private static List<String> names(List<Node> nodes) {
        return nodes.stream().map(node -> node.name().text()).toList();
    }

    @Test
    void makesTheOneWithTheBetterDiskTheServerOfTwo() throws IOException {
        Cluster cluster = read(host("ultron", 11, "sd-card", 8), host("Jarvis.local", 10, "nvme", 4));
        assertThat(names(cluster.servers())).containsExactly("jarvis");
        assertThat(names(cluster.agents())).containsExactly("ultron");
    }

    @Test
    void makesThreeServersOnlyWhereThreeAreGoodForIt() throws IOException {
        Candidate one = host("a", 1, "ssd", 4);
        Candidate two = host("b", 2, "ssd", 4);
        Candidate three = host("c", 3, "nvme", 4);
        assertThat(names(read(one, two, three, host("d", 4, "sd-card", 8)).servers()))
                .containsExactly("c", "a", "b");
        assertThat(names(read(one, two, host("d", 4, "sd-card", 8)).servers())).containsExactly("a");
    }

    @Test
    void givesTwoHostsOfOneNameDifferentOnes() throws IOException {
        assertThat(read(host("raspberrypi", 10, "ssd", 4), host("raspberrypi", 11, "ssd", 4))
                        .nodes())
                .extracting(node -> node.name().text())
                .containsExactly("raspberrypi", "node-10-0-1-11");
    }
}
