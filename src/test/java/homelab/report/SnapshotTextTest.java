package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.snapshot.About;
import homelab.snapshot.Copy;
import homelab.snapshot.CopyNote;
import homelab.snapshot.Integrity;
import homelab.snapshot.Place;
import homelab.snapshot.Taken;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static final Place HERE = new Place.Here(Path.of("/here"));
    private static final Place ULTRON = new Place.OnNode(new NodeName("ultron"), "/srv/x");

    @Test
    void whatIsKnownOfEachStandsInARow() {
        String text = new SnapshotText(Terminal.PIPE, NOW, List.of())
                .of(List.of(OURS, OF_K3S), Map.of(OURS, Integrity.WHOLE));

        assertThat(text.lines())
                .startsWith(
                        "before-jarvis-1\tjarvis\t2026-11-23 06:44\t90 min\t3.0 MiB\t338\tbeside it\t-\twhole",
                        "etcd-snapshot-jarvis-2\tjarvis\t2026-11-19 08:14\t4 d\t1.0 MiB\t-\tnot kept\t-");
        assertThat(text).contains("none is known of that would outlive the servers");
    }

    @Test
    void theNewestThatOutlivesTheServersIsNamed() {
        assertThat(new SnapshotText(Terminal.PIPE, NOW, List.of(copy(OF_K3S.name(), HERE, 7)))
                        .of(List.of(OURS, OF_K3S), Map.of()))
                .contains("\there\n", "the newest that would outlive the servers is of 2026-11-19");
        assertThat(new SnapshotText(Terminal.PIPE, NOW, List.of()).of(List.of(), Map.of()))
                .isEqualTo("there is no snapshot of etcd\n");
    }

    @Test
    void whereEachCopyLiesIsSaidAndWhichIsCutAndWhatNoServerHasAnyMore() {
        String text = new SnapshotText(
                        Terminal.PIPE,
                        NOW,
                        List.of(
                                copy(OF_K3S.name(), HERE, 7),
                                copy(OF_K3S.name(), ULTRON, 6),
                                copy("lost-1", ULTRON, 7)))
                .of(List.of(OURS, OF_K3S), Map.of());

        assertThat(text)
                .contains("not kept\there, ultron:/srv/x (not whole)\n")
                .contains("lost-1\t-\t2026-11-19 08:14\t4 d\t0.0 MiB\t-\tinside\tultron:/srv/x\n");
    }

    @Test
    void aCopyThatIsCutOutlivesNothing() {
        assertThat(new SnapshotText(Terminal.PIPE, NOW, List.of(copy(OF_K3S.name(), ULTRON, 6)))
                        .of(List.of(OF_K3S), Map.of()))
                .contains("none is known of that would outlive the servers");
    }

    /** One of seven bytes. @param bytes how many are there */
    private static Copy copy(String name, Place place, long bytes) {
        return Copy.of(
                name, place, bytes, NOW, Optional.of(new CopyNote(OF_K3S.at(), 7, "ab".repeat(32), List.of("age1x"))));
    }

    @Test
    void jsonTellsWhatAScriptNeeds() {
        String json =
                SnapshotText.json(List.of(OURS), Map.of(OURS, Integrity.BROKEN), List.of(copy(OURS.name(), HERE, 7)));

        assertThat(json)
                .contains("\"schema\" : \"homelab/snapshots/v1\"", "\"keys\" : 338", "\"revision\" : 522")
                .contains("\"here\" : true", "\"file\" : \"broken\"", "\"tokenKept\" : true")
                .contains("\"copies\" : [", "\"place\" : \"/here\"", "\"whole\" : true");
    }
}
