package homelab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Cluster;
import homelab.model.Label;
import homelab.model.NodeName;
import homelab.model.Placement;
import homelab.phase.Clusters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A snapshot of each version of the format is kept, with what is found in it: people keep theirs, and send them. The one of
 * v1 is made by hand of two Pis in trouble; no host ever answered so.
 */
class KeptSnapshotTest {
    /** The inventory that it is judged by. */
    static final Cluster HOME = Clusters.placing(
            Clusters.twoPis(),
            new Placement(
                    "monitoring",
                    new Placement.Labelled(new Label("app.kubernetes.io/name", "prometheus")),
                    List.of(new NodeName("ultron")),
                    true));

    /** With {@code -Dgolden=write} the findings are written instead of compared; the snapshot never is. */
    @Test
    void theSnapshotOfTheFirstFormatIsStillUnderstood() throws IOException {
        String found = findings(kept("snapshot-v1.json"));
        if (System.getProperty("golden", "").equals("write")) {
            Files.writeString(Path.of("src/test/resources/doctor/snapshot-v1.txt"), found);
        }
        assertThat(found).isEqualTo(kept("snapshot-v1.txt"));
    }

    @Test
    void nothingOfItIsLostWhenItIsWrittenAnew() {
        String text = kept("snapshot-v1.json");

        assertThat(findings(SnapshotJson.write(SnapshotJson.read(text)))).isEqualTo(kept("snapshot-v1.txt"));
    }

    @Test
    void everyCheckHasSomethingToJudgeInIt() {
        Checkup checkup = checkup(kept("snapshot-v1.json"));

        assertThat(checkup.of(Verdict.UNKNOWN)).isEmpty();
        assertThat(checkup.findings())
                .extracting(Finding::check)
                .contains(Checks.all().stream().map(Check::id).toArray(String[]::new));
    }

    /** Not the words, which are made better now and then, but what was seen. */
    private static String findings(String snapshot) {
        return checkup(snapshot).findings().stream().map(KeptSnapshotTest::line).collect(Collectors.joining());
    }

    private static String line(Finding finding) {
        String seen = finding.evidence().stream().map(one -> "  " + one + "\n").collect(Collectors.joining());
        return finding.verdict() + " " + finding.check() + " " + finding.subject() + "\n"
                + (finding.isTold() ? seen : "");
    }

    private static Checkup checkup(String snapshot) {
        return Checkup.of(HOME, SnapshotJson.read(snapshot), Checks.all());
    }

    static String kept(String name) {
        try (InputStream in = KeptSnapshotTest.class.getResourceAsStream("/doctor/" + name)) {
            return new String(java.util.Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
