package homelab.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.recovery.Judgement.Act;
import homelab.recovery.Judgement.OfSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One table of cases, and evidence by chance, for the decision here and for the same decision in a host's shell. */
class DecisionTest {
    private static final Path CASES = Path.of("src/test/resources/recovery");
    private static final int MANY = 20_000;

    @TempDir
    private Path folder;

    private static String decided(String evidence, Wish wish) {
        return Decision.of(EvidenceReader.read(evidence), wish).stream()
                .map(Judgement::line)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    /** A case is its story, its evidence and what is decided, with a line of dashes between. */
    @ParameterizedTest
    @MethodSource("cases")
    void decidesEachCaseOfTheTableHereAndInTheShell(Path file) throws IOException {
        String[] parts = Files.readString(file).split("(?m)^---\n", -1);

        assertThat(decided(parts[1], Wish.NONE)).isEqualTo(parts[2]);
        assertThat(Shells.decide("mawk", "", List.of(parts[1]), folder)).containsExactly(parts[2]);
    }

    @ParameterizedTest
    @CsvSource({"mawk, 1500", "busybox awk, 500"})
    void decidesWhatChanceMadeAsTheShellDoes(String awk, int many) {
        List<String> evidence =
                LongStream.range(0, many).mapToObj(SomeEvidence::of).toList();
        Wish wish = new Wish(many > 1000, Set.of("default/db-1"));

        List<String> told = Shells.decide(
                awk, "-v completed=" + (wish.completed() ? 1 : 0) + " -v 'rerun=default/db-1'", evidence, folder);

        for (int i = 0; i < many; i++) {
            assertThat(decided(evidence.get(i), wish)).as(evidence.get(i)).isEqualTo(told.get(i));
        }
    }

    /** However partial and contradictory: nothing that may be alive, and nothing twice that is to be done once. */
    @Test
    void neverRemovesWhatMayLiveOrWouldRunTwice() {
        long removed = 0;
        for (long seed = 0; seed < MANY; seed++) {
            Evidence evidence = EvidenceReader.read(SomeEvidence.of(seed));
            for (Judgement judgement : Decision.of(evidence, Wish.NONE)) {
                if (judgement instanceof OfSandbox of && of.act() == Act.REMOVE) {
                    removed++;
                    refuse(evidence, of.sandbox());
                }
            }
        }
        assertThat(removed).isGreaterThan(MANY / 10);
    }

    private static void refuse(Evidence evidence, Sandbox sandbox) {
        assertThat(sandbox.ready()).isFalse();
        assertThat(evidence.isAlive(sandbox.id())).isFalse();
        assertThat(evidence.asked()).contains("s", "c", "t", "b", "h", "k", "p");
        Pod pod = evidence.pods().get(sandbox.uid());
        if (pod != null && !pod.ending()) {
            assertThat(pod.policy()).isEqualTo("Always");
            assertThat(pod.job() || sandbox.job()).isFalse();
        }
    }
}
