package homelab.lab;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to lock oneself out, with a client that lives, one that is killed, and a host that is killed too. Run by hand;
 * what has passed is kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(240)
class LockOutSoak {
    private static final SoakTable TABLE = SoakTable.of("lock-outs");

    private static Lab lab;
    private static LockOutTrial trial;

    @BeforeAll
    static void twoHosts(Labs labs) {
        lab = labs.again("lockouts", "jarvis:server,ultron:agent");
        trial = new LockOutTrial(lab, InLab.user(lab, "LockOutSoak"));
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    static Stream<Arguments> rows() {
        return Stream.of(LockOutTrial.End.values())
                .flatMap(end -> LockOut.ALL.stream().map(way -> Arguments.of(end, way)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void comesBack(LockOutTrial.End end, LockOut way) {
        String title = way.title() + " | " + end.name().toLowerCase(java.util.Locale.ROOT);
        if (TABLE.has(title)) {
            return;
        }
        LockOutTrial.Outcome outcome = trial.of(way, end);
        TABLE.keep("| " + title + " | " + outcome.by() + " | " + outcome.seconds() + " s |\n");
    }
}
