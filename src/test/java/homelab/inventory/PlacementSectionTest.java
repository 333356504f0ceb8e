package homelab.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Label;
import homelab.model.NodeName;
import homelab.model.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementSectionTest {
    private static final NodeName JARVIS = new NodeName("jarvis");
    private static final NodeName ULTRON = new NodeName("ultron");

    @TempDir
    private Path folder;

    @Test
    void podsAreNamedByTheirWorkloadOrByALabel() throws IOException {
        assertThat(read("""
                placement:
                  - {pods: monitoring/app.kubernetes.io/name=prometheus, nodes: [ultron]}
                  - {pods: home/home-assistant, nodes: [jarvis, ultron], required: false}
                """))
                .containsExactly(
                        new Placement(
                                "monitoring",
                                new Placement.Labelled(new Label("app.kubernetes.io/name", "prometheus")),
                                List.of(ULTRON),
                                true),
                        new Placement("home", new Placement.Of("home-assistant"), List.of(JARVIS, ULTRON), false));
    }

    @Test
    void serversAndAgentsStandForTheirNodes() throws IOException {
        assertThat(read("placement: [{pods: a/b, nodes: [agents]}, {pods: a/c, nodes: [servers, jarvis]}]\n"))
                .extracting(Placement::nodes)
                .containsExactly(List.of(ULTRON), List.of(JARVIS));
    }

    @Test
    void coversWhatItNames() {
        Placement named = new Placement("web", new Placement.Of("page"), List.of(ULTRON), true);
        Placement labelled =
                new Placement("web", new Placement.Labelled(new Label("app", "page")), List.of(ULTRON), true);

        assertThat(named.covers("web", "page", Map.of())).isTrue();
        assertThat(named.covers("web", "page-2", Map.of())).isFalse();
        assertThat(named.covers("home", "page", Map.of())).isFalse();
        assertThat(labelled.covers("web", "x", Map.of("app", "page"))).isTrue();
        assertThat(labelled.covers("web", "page", Map.of("app", "x"))).isFalse();
    }

    private List<Placement> read(String placement) throws IOException {
        String nodes =
                "nodes: {jarvis: {address: 10.0.1.10, role: server}, ultron: {address: 10.0.1.11, role: agent}}\n";
        Path file = Files.writeString(folder.resolve("home.yaml"), Written.HEAD + nodes + placement);
        return InventoryReader.read(file).placements();
    }
}
