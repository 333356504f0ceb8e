package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Exit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two hosts whose processes all die at once and which then start: doctor is asked every 10 s until it is quiet. What it
 * says settles, and once all nodes are Ready nothing that it has stopped saying comes back. Run by hand; what has passed
 * is kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(500)
class ColdStartSoak {
    private static final SoakTable TABLE = SoakTable.of("cold-starts");
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final int QUIET = 3;
    private static final int LONGEST = 30;
    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void twoHosts(Labs labs) {
        lab = labs.again("faults", "jarvis:server,ultron:agent", "--charts=longhorn");
        homelab = InLab.user(lab, "ColdStartSoak");
        assertThat(homelab.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void settlesAndFlapsNotOnceAllNodesAreReady(int start) throws IOException {
        if (TABLE.has(start)) {
            return;
        }
        List.of(Lab.SERVER, Lab.AGENT).forEach(lab::kill);
        List.of(Lab.SERVER, Lab.AGENT).forEach(lab::start);
        long begin = System.nanoTime();
        Watch watch = new Watch();
        while (!watch.isQuiet()) {
            assertThat(watch.looks.size()).as(watch.toString()).isLessThan(LONGEST);
            long due = begin + EVERY.multipliedBy(watch.looks.size()).toNanos();
            Launched.pause(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            watch.add(seconds(begin), DoctorLook.by(homelab));
        }
        assertThat(watch.flapped()).as(watch.toString()).isEmpty();
        assertThat(watch.last().of("FAIL")).isEmpty();
        assertThat(watch.last().of("UNKNOWN")).isEmpty();
        TABLE.keep("| " + start + " | " + watch.ready + " s | " + watch.settled() + " s | " + watch.most() + " | "
                + watch.last().byKey().size() + " | 0 |\n");
    }

    private static long seconds(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    }

    /** All looks of one start. */
    private static final class Watch {
        private final List<DoctorLook> looks = new ArrayList<>();
        private final List<Long> at = new ArrayList<>();
        private long ready = -1;
        private int firstReady;

        void add(long seconds, DoctorLook look) {
            boolean allReady = look.byKey().values().stream()
                    .noneMatch(line -> Set.of("HOST-001", "K3S-001", "K3S-002").contains(line.check()));
            if (ready < 0 && allReady) {
                ready = seconds;
                firstReady = looks.size();
            }
            looks.add(look);
            at.add(seconds);
        }

        DoctorLook last() {
            return looks.get(looks.size() - 1);
        }

        /** When it has said the same for some looks, and nothing of it fails. */
        boolean isQuiet() {
            int size = looks.size();
            return size >= QUIET
                    && ready >= 0
                    && last().isHealthy()
                    && looks.subList(size - QUIET, size).stream()
                            .allMatch(look -> look.verdicts().equals(last().verdicts()));
        }

        /** When it said for the first time what it says now. */
        long settled() {
            int first = looks.size() - 1;
            while (first > 0 && looks.get(first - 1).verdicts().equals(last().verdicts())) {
                first--;
            }
            return at.get(first);
        }

        int most() {
            return looks.stream().mapToInt(look -> look.byKey().size()).max().orElse(0);
        }

        /** What was said, then not, and then again, all since the nodes were Ready. */
        Set<String> flapped() {
            Set<String> flapped = new TreeSet<>();
            Set<String> said = new TreeSet<>();
            Set<String> gone = new TreeSet<>();
            for (DoctorLook look : looks.subList(firstReady, looks.size())) {
                Set<String> now = look.verdicts();
                now.stream().filter(gone::contains).forEach(flapped::add);
                said.stream().filter(one -> !now.contains(one)).forEach(gone::add);
                said.addAll(now);
            }
            return flapped;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < looks.size(); i++) {
                text.append(at.get(i))
                        .append(" s: ")
                        .append(looks.get(i).verdicts())
                        .append('\n');
            }
            return text.toString();
        }
    }
}
