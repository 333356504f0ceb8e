package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One fault at a time in a house that is in order: doctor names it and nothing else, and says nothing more of it when it
 * is undone. Run by hand; what has passed is kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(400)
class DoctorSoak {
    private static final Path TABLE = Path.of("target/soak/doctor-faults.md");
    private static final Path TEXTS = Path.of("target/soak/doctor-faults");
    private static final Duration TO_FIRE = Duration.ofSeconds(90);
    private static final Duration TO_HEAL = Duration.ofSeconds(180);
    private static Lab lab;
    private static Homelab homelab;
    private static DoctorLook healthy;
    private static boolean posing;

    @BeforeAll
    static void twoHostsWithStorage(Labs labs) throws IOException {
        lab = labs.again("faults", "jarvis:server,ultron:agent", "--charts=longhorn");
        homelab = WholeCluster.withLonghorn(InLab.user(lab, "DoctorSoak"), "");
        assertThat(homelab.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
        Pose.end(lab);
        healthy = settled();
    }

    static Stream<Fault> faults() {
        return DoctorFaults.all().stream();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesTheFaultAndNothingElse(Fault fault) throws IOException {
        if (isKept(fault.title())) {
            return;
        }
        pose(fault.posing());
        List<DoctorLook.Line> news;
        try {
            fault.put(lab);
            news = fired(fault);
        } finally {
            fault.undo(lab);
        }
        long seconds = healed();
        Files.createDirectories(TEXTS);
        Files.writeString(
                TEXTS.resolve(fault.title().replaceAll("[^a-zA-Z0-9]+", "-") + ".txt"),
                news.stream().map(DoctorLook.Line::text).collect(Collectors.joining("\n")));
        assertThat(fault.unrelated(news)).as("what has nothing to do with it").isEmpty();
        keep("| " + fault.title() + (fault.synthetic().isEmpty() ? "" : " (synthetic: " + fault.synthetic() + ")")
                + " | " + fault.check() + " " + fault.verdict() + " | " + fault.followed(news) + " | 0 | " + seconds
                + " s |\n");
    }

    /** What is new with it once its check has fired. */
    private static List<DoctorLook.Line> fired(Fault fault) {
        long end = System.nanoTime() + TO_FIRE.toNanos();
        List<DoctorLook.Line> news;
        do {
            news = DoctorLook.by(fault.user(homelab)).since(healthy);
            if (news.stream()
                    .anyMatch(line ->
                            line.check().equals(fault.check()) && line.verdict().equals(fault.verdict()))) {
                return news;
            }
        } while (System.nanoTime() < end);
        throw new AssertionError(fault.check() + " did not say " + fault.verdict() + " but: "
                + news.stream().map(DoctorLook.Line::text).collect(Collectors.joining("\n")));
    }

    /** Seconds until doctor says again what it said before. */
    private static long healed() {
        long begin = System.nanoTime();
        long end = begin + TO_HEAL.toNanos();
        DoctorLook look;
        do {
            look = DoctorLook.by(homelab);
            if (look.verdicts().equals(healthy.verdicts())) {
                return Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            }
        } while (System.nanoTime() < end);
        assertThat(look.verdicts()).as("after the fault was undone").isEqualTo(healthy.verdicts());
        throw new AssertionError("never here");
    }

    /** When nothing fails, nothing is unknown, and two looks say the same. */
    private static DoctorLook settled() {
        long end = System.nanoTime() + TO_HEAL.toNanos();
        DoctorLook before = DoctorLook.by(homelab);
        DoctorLook look = DoctorLook.by(homelab);
        while (!(look.verdicts().equals(before.verdicts())
                && look.of("FAIL").isEmpty()
                && look.of("UNKNOWN").isEmpty())) {
            assertThat(System.nanoTime())
                    .as("no healthy house: " + look.byKey().values())
                    .isLessThan(end);
            before = look;
            look = DoctorLook.by(homelab);
        }
        return look;
    }

    private static void pose(boolean wanted) {
        if (posing != wanted) {
            if (wanted) {
                Pose.begin(lab);
            } else {
                Pose.end(lab);
            }
            posing = wanted;
            healthy = settled();
        }
    }

    private static boolean isKept(String title) throws IOException {
        return Files.exists(TABLE)
                && Files.readAllLines(TABLE).stream()
                        .anyMatch(line -> line.startsWith("| " + title + " |") || line.startsWith("| " + title + " ("));
    }

    private static void keep(String line) throws IOException {
        Files.createDirectories(TABLE.toAbsolutePath().getParent());
        Files.writeString(TABLE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
