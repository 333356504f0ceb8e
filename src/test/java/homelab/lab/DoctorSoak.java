package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final Duration TO_FIRE = Duration.ofSeconds(75);
    private static final Duration TO_HEAL = Duration.ofSeconds(120);
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
        Row row = tried(fault);
        Files.createDirectories(TEXTS);
        Files.writeString(
                TEXTS.resolve(fault.title().replaceAll("[^a-zA-Z0-9]+", "-") + (row.passed() ? ".txt" : ".failed.txt")),
                row.told());
        assertThat(row.wrong()).as(row.told()).isEmpty();
        keep("| " + fault.title() + (fault.synthetic().isEmpty() ? "" : " (synthetic: " + fault.synthetic() + ")")
                + " | " + fault.check() + " " + fault.verdict() + " | " + fault.followed(row.news()) + " | 0 | "
                + row.seconds() + " s |\n");
    }

    /**
     * @param news what doctor newly said
     * @param wrong of what it said, or did not say, then and after the undo
     * @param seconds until it said again what it had said before
     */
    private record Row(List<DoctorLook.Line> news, List<String> wrong, long seconds) {
        boolean passed() {
            return wrong.isEmpty();
        }

        String told() {
            return String.join("\n", wrong)
                    + "\n"
                    + news.stream().map(DoctorLook.Line::text).collect(Collectors.joining("\n"));
        }
    }

    private static Row tried(Fault fault) {
        List<String> wrong = new ArrayList<>();
        List<DoctorLook.Line> news;
        try {
            fault.put(lab);
            news = fired(fault, wrong);
        } finally {
            fault.undo(lab);
        }
        fault.unrelated(news).forEach(line -> wrong.add("unrelated: " + line));
        long begin = System.nanoTime();
        left().forEach(line -> wrong.add("after the undo: " + line));
        return new Row(news, wrong, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    }

    /** What is new with it once its check has fired. */
    private static List<DoctorLook.Line> fired(Fault fault, List<String> wrong) {
        long end = System.nanoTime() + TO_FIRE.toNanos();
        List<DoctorLook.Line> news;
        do {
            news = DoctorLook.by(fault.user(homelab)).since(healthy);
        } while (news.stream().noneMatch(fault::isIn) && System.nanoTime() < end);
        if (news.stream().noneMatch(fault::isIn)) {
            wrong.add(fault.check() + " did not say " + fault.verdict());
        }
        return news;
    }

    /** What doctor says otherwise than before, once it says the same or the time is over. */
    private static List<String> left() {
        long end = System.nanoTime() + TO_HEAL.toNanos();
        DoctorLook look;
        do {
            look = DoctorLook.by(homelab);
        } while (!look.verdicts().equals(healthy.verdicts()) && System.nanoTime() < end);
        return look.otherThan(healthy);
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
