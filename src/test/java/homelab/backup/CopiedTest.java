package homelab.backup;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopiedTest {
    private static final NodeName ULTRON = new NodeName("ultron");

    /** As restic 0.14.0 of Debian 12 printed it on a node. */
    private static List<Copied> captured() throws IOException {
        return Copied.parse(ULTRON, Files.readString(Path.of("src/test/resources/backup/snapshots-0.14.0.json")));
    }

    @Test
    void readsWhatResticPrints() throws IOException {
        assertThat(captured()).hasSize(3);
        assertThat(captured())
                .allMatch(
                        copy -> copy.id().matches("[0-9a-f]{8}") && copy.path().startsWith("/"));
        assertThat(captured())
                .extracting(copy -> copy.kind() + " " + copy.name())
                .containsExactly("dir /home/pi/config", "claim web/data", "claim web/data");
    }

    @Test
    void whatSomebodyElsePutThereIsNotOurs() {
        assertThat(Copied.parse(ULTRON, """
                        [{"time": "2026-11-23T15:09:34.5Z", "paths": ["/"], "tags": ["mine"], "short_id": "aaaaaaaa"}]""")).isEmpty();
        assertThat(Copied.parse(ULTRON, "null")).as("an empty repository").isEmpty();
    }

    @Test
    void aDrillThatSaidNothingIsNoDrillThatWentWell() {
        Copied copy = new Copied(ULTRON, "6df71a43", "claim", "web/data", "paused", "/p", Instant.EPOCH);

        assertThat(Drilled.of(copy, true, "", "").failed()).isPresent();
        assertThat(Drilled.of(copy, false, "brought 2\n", "other sums than now").failed())
                .contains("other sums than now");
        assertThat(Drilled.of(copy, true, "held 2\nbrought 2\ncompared 1\nseconds 4\n", ""))
                .isEqualTo(new Drilled(copy, 2, 1, 4, Optional.empty()));
    }
}
