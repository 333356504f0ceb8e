package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.snapshot.About;
import homelab.snapshot.Integrity;
import homelab.snapshot.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotTextTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:14:00Z");
    private static final Taken OURS = new Taken(
            "before-jarvis-1",
            new NodeName("jarvis"),
            "/snapshots",
            3 << 20,
            NOW.minus(Duration.ofMinutes(90)),
            Optional.of(
                    new About("two-pis", "jarvis", "ab", "v1.33.4+k3s1", Optional.of(522L), Optional.of(338L), "cd")));
    private static final Taken OF_K3S = new Taken(
            "etcd-snapshot-jarvis-2",
            new NodeName("jarvis"),
            "/snapshots",
            1 << 20,
            NOW.minus(Duration.ofDays(4)),
            Optional.empty());

    @Test
    void whatIsKnownOfEachStandsInARow() {
        String text =
                new SnapshotText(Terminal.PIPE, NOW, Set.of()).of(List.of(OURS, OF_K3S), Map.of(OURS, Integrity.WHOLE));

        assertThat(text.lines())
                .startsWith(
                        "before-jarvis-1\tjarvis\t2026-11-23 06:44\t90 min\t3.0 MiB\t338\tbeside it\t-\twhole",
                        "etcd-snapshot-jarvis-2\tjarvis\t2026-11-19 08:14\t4 d\t1.0 MiB\t-\tnot kept\t-");
        assertThat(text).contains("all lie on the servers themselves");
    }

    @Test
    void theNewestThatOutlivesTheServersIsNamed() {
        assertThat(new SnapshotText(Terminal.PIPE, NOW, Set.of(OF_K3S.name())).of(List.of(OURS, OF_K3S), Map.of()))
                .contains("\tsealed\n", "the newest that would outlive the servers is of 2026-11-19");
        assertThat(new SnapshotText(Terminal.PIPE, NOW, Set.of()).of(List.of(), Map.of()))
                .isEqualTo("there is no snapshot of etcd\n");
    }

    @Test
    void jsonTellsWhatAScriptNeeds() {
        String json = SnapshotText.json(List.of(OURS), Map.of(OURS, Integrity.BROKEN), Set.of(OURS.name()));

        assertThat(json)
                .contains("\"schema\" : \"homelab/snapshots/v1\"", "\"keys\" : 338", "\"revision\" : 522")
                .contains("\"here\" : true", "\"file\" : \"broken\"", "\"tokenKept\" : true");
    }
}
