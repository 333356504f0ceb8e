package homelab.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotJsonTest {
    private static final Probe<String> WORD = Probe.text("word", "echo word");
    private static final Probe<byte[]> BYTES = Probe.of("bytes", "cat bytes", Answer::out);
    private static final Listing NODES = new Listing("nodes", "/api/v1/nodes", List.of("metadata.name"));

    @Test
    void readsWhatItWrote() {
        Snapshot before = Houses.twoPis()
                .answers("jarvis", WORD, "it's\nso")
                .answers("jarvis", BYTES, 3, "ä\u0000")
                .blind("jarvis", Probe.text("slow", ""), "timed out after 10 s")
                .lost("ultron", "No route to host")
                .lists(NODES, "[{\"metadata\":{\"name\":\"jarvis\"}}]")
                .listsNothing(new Listing("pods", "/api/v1/pods", List.of()), "forbidden")
                .snapshot();

        String text = SnapshotJson.write(before);

        assertThat(SnapshotJson.write(SnapshotJson.read(text))).isEqualTo(text);
        House house = new House(homelab.phase.Clusters.twoPis(), SnapshotJson.read(text));
        assertThat(house.reading(house.cluster().nodes().get(0), WORD)).isEqualTo(new Reading.Known<>("it's\nso"));
        assertThat(house.unreachable(house.cluster().nodes().get(1)))
                .contains(new Seen.Unreachable("No route to host", "switch it on"));
        assertThat(house.list(NODES).known().orElseThrow()).hasSize(1);
    }

    @Test
    void keepsBytesThatAreNoText() {
        byte[] raw = {(byte) 0x1f, (byte) 0x8b, 0, (byte) 0xff};
        Answers answers = new Answers(java.util.Map.of("bytes", new Reading.Known<>(new Answer(0, raw, true))));
        Snapshot before = new Snapshot(
                Houses.NOW,
                java.util.Map.of(
                        new homelab.model.NodeName("jarvis"),
                        new Seen.Reached(new homelab.facts.RoundTrip(Houses.NOW, Houses.NOW), answers)),
                java.util.Map.of());

        Seen.Reached after = (Seen.Reached)
                SnapshotJson.read(SnapshotJson.write(before)).hosts().get(new homelab.model.NodeName("jarvis"));

        assertThat(after.answers().of(BYTES).known()).contains(raw);
    }

    @Test
    void refusesATimeThatNothingCanBeReckonedWith() {
        String text = SnapshotJson.write(Houses.twoPis().snapshot());

        for (String time : List.of("+1000000000-12-31T23:59:59Z", "-0001-01-01T00:00:00Z", "today")) {
            assertThatThrownBy(() -> SnapshotJson.read(text.replace(Houses.NOW.toString(), time)))
                    .as(time)
                    .isInstanceOf(Failure.class);
        }
    }

    @Test
    void refusesWhatIsNoSnapshotOfItsVersion() {
        for (String text : List.of("{}", "no json", "{\"schema\":\"homelab/doctor-snapshot/v9\"}")) {
            assertThatThrownBy(() -> SnapshotJson.read(text))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.USAGE));
        }
    }
}
