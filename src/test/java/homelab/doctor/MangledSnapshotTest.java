package homelab.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.report.DoctorForms;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever hosts and the API say, no check breaks by it, and nothing of it gets out raw. */
class MangledSnapshotTest {
    private static final JsonNode WHOLE = Mangler.tree(KeptSnapshotTest.kept("snapshot-v1.json"));
    private static final int EACH = 50;

    /** More with {@code -Dmangled=10000}; the number of a test is its first seed. */
    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("mangled", 300) / EACH).map(one -> one * EACH);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noMangledSnapshotBreaksACheckOrAnOutput(long first) {
        for (long seed = first; seed < first + EACH; seed++) {
            String mangled = new Mangler(seed).mangled(WHOLE).toString();
            try {
                assertTimeoutPreemptively(Duration.ofSeconds(10), () -> judge(mangled));
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static void judge(String mangled) {
        try {
            Checkup checkup = Checkup.of(KeptSnapshotTest.HOME, SnapshotJson.read(mangled), Checks.all());
            assertThat(checkup.findings()).noneMatch(finding -> finding.what().startsWith("the check itself broke"));
            DoctorForms.hold(checkup);
        } catch (Failure refused) {
            assertThat(refused.exit()).isEqualTo(Exit.USAGE);
        }
    }
}
