package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts faults into a house that is in order, one at a time, and keeps a row of each that doctor told rightly: such a row
 * is not run again. Beside the table lies what doctor said, to be read by a person.
 */
final class FaultTrial {
    private static final Path FOLDER = Path.of("target/soak");
    private static final Duration TO_FIRE = Duration.ofSeconds(75);
    private static final Duration TO_HEAL = Duration.ofSeconds(120);

    private final Lab lab;
    private final Homelab homelab;
    private final String table;
    private DoctorLook healthy;
    private boolean posing;

    /** @param table its name, e.g. "doctor-faults" */
    FaultTrial(Lab lab, Homelab homelab, String table) {
        this.lab = lab;
        this.homelab = homelab;
        this.table = table;
        healthy = settled();
    }

    /**
     * @param news what doctor newly said
     * @param wrong of what it said, or did not say, then and after the undo
     * @param seconds until it said again what it had said before
     */
    private record Row(List<DoctorLook.Line> news, List<String> wrong, long seconds) {
        String told() {
            return String.join("\n", wrong)
                    + "\n"
                    + news.stream().map(DoctorLook.Line::text).collect(Collectors.joining("\n"));
        }
    }

    void of(Fault fault) throws IOException {
        if (rows().has(fault.title())) {
            return;
        }
        pose(fault.posing());
        Row row = tried(fault);
        Path texts = Files.createDirectories(FOLDER.resolve(table));
        String name = fault.title().replaceAll("[^a-zA-Z0-9]+", "-");
        Files.writeString(texts.resolve(name + (row.wrong().isEmpty() ? ".txt" : ".failed.txt")), row.told());
        assertThat(row.wrong()).as(row.told()).isEmpty();
        rows().keep("| " + fault.title()
                + (fault.synthetic().isEmpty() ? "" : " (synthetic: " + fault.synthetic() + ")")
                + " | " + fault.check() + " " + fault.verdict() + " | " + fault.followed(row.news()) + " | 0 | "
                + row.seconds() + " s |\n");
    }

    private Row tried(Fault fault) {
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

    /** What is new with it once its check has fired, at one look more: what follows takes a moment. */
    private List<DoctorLook.Line> fired(Fault fault, List<String> wrong) {
        long end = System.nanoTime() + TO_FIRE.toNanos();
        List<DoctorLook.Line> news;
        do {
            news = news(fault);
        } while (news.stream().noneMatch(fault::isIn) && System.nanoTime() < end);
        if (news.stream().anyMatch(fault::isIn)) {
            news = news(fault);
        }
        if (news.stream().noneMatch(fault::isIn)) {
            wrong.add(fault.check() + " did not say " + fault.verdict() + ", or said it once");
        }
        return news;
    }

    private List<DoctorLook.Line> news(Fault fault) {
        return DoctorLook.by(fault.user(homelab)).since(healthy);
    }

    /** What doctor says otherwise than before, once it says the same or the time is over. */
    private List<String> left() {
        long end = System.nanoTime() + TO_HEAL.toNanos();
        DoctorLook look;
        do {
            look = DoctorLook.by(homelab);
        } while (!look.verdicts().equals(healthy.verdicts()) && System.nanoTime() < end);
        return look.otherThan(healthy);
    }

    /** When nothing fails, nothing is unknown, and two looks say the same. */
    private DoctorLook settled() {
        long end = System.nanoTime() + TO_HEAL.toNanos();
        DoctorLook before = DoctorLook.by(homelab);
        DoctorLook look = DoctorLook.by(homelab);
        while (!(look.verdicts().equals(before.verdicts()) && look.isHealthy())) {
            assertThat(System.nanoTime())
                    .as("no healthy house: " + look.verdicts())
                    .isLessThan(end);
            before = look;
            look = DoctorLook.by(homelab);
        }
        return look;
    }

    private void pose(boolean wanted) {
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

    private SoakTable rows() {
        return SoakTable.of(table);
    }
}
