package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * homelab is killed during each thing that a verb does on two Pis, as a run that nobody killed enumerates them, and with
 * {@code -Dhit=host} the host too on which it is done: the same command again ends where that run ended. Run by hand, for
 * some verbs with {@code -Dacts=TOKEN,CERTS}; what has passed is kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
class ActsKilledSoak {
    private static final boolean HOST = "host".equals(System.getProperty("hit"));
    private static final List<String> WANTED = List.of(
            System.getProperty("acts", "TOKEN,CERTS,KEY,BACKUP,UPGRADE,ETCD").split(","));
    private static final SoakTable TABLE = SoakTable.of(HOST ? "acts-host-killed" : "acts-killed");
    private static final Duration INTO_IT = Duration.ofMillis(250);
    private static final int BLIND_AT_MOST = 20;

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void aPair(Labs labs) {
        lab = labs.own("acts", "jarvis:server,ultron:agent");
        homelab = InLab.user(lab, "ActsKilledSoak");
        lab.serveNext();
        done(homelab.run("bootstrap", "--yes"));
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    private static void done(Run run) {
        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(Exit.DONE);
    }

    @TestFactory
    Stream<DynamicTest> theSameCommandAgainEndsIt() {
        return Arrays.stream(KilledVerb.values())
                .filter(verb -> WANTED.contains(verb.name()))
                .flatMap(ActsKilledSoak::rows);
    }

    private static Stream<DynamicTest> rows(KilledVerb verb) {
        List<String> acts = actsOfAWholeRun(verb);
        return IntStream.range(0, acts.size())
                .filter(act -> !TABLE.has(title(verb, act)))
                .mapToObj(act ->
                        dynamicTest(title(verb, act) + " " + acts.get(act), () -> killed(verb, act, acts.get(act))));
    }

    private static List<String> actsOfAWholeRun(KilledVerb verb) {
        try {
            Homelab user = verb.user(homelab);
            verb.before(lab, user);
            Acts whole = Acts.before(user);
            done(user.run(verb.words()));
            verb.ended(lab, user);
            return whole.done();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String title(KilledVerb verb, int act) {
        return verb + " | " + (act + 1);
    }

    private static void killed(KilledVerb verb, int number, String act) throws IOException {
        Homelab user = verb.user(homelab);
        verb.before(lab, user);
        Acts acts = Acts.before(user);
        Launched run = Launched.homelab(user, verb.words());
        Launched.eventually(
                act, Duration.ofMinutes(3), () -> !run.alive() || acts.done().size() >= number);
        Launched.pause(INTO_IT);
        boolean hit = run.alive();
        hit(run, act.split(":")[0]);
        Said killed = run.end();
        long began = System.nanoTime();

        done(again(verb, user));

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        verb.ended(lab, user);
        Run plan = verb.after(user).run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
        assertThat(lab.on("jarvis", "k3s kubectl get nodes --no-headers"))
                .hasLineCount(2)
                .doesNotContain("NotReady", "SchedulingDisabled");
        TABLE.keep("| " + title(verb, number) + " | " + act + " | " + (hit ? killed.exit() : "had ended") + " | "
                + seconds + " s |\n");
    }

    /** Of a thing that homelab does on the user's own machine the server is hit. */
    private static void hit(Launched run, String target) {
        if (!run.alive()) {
            return;
        }
        run.signal("KILL");
        if (HOST) {
            String node = lab.nodeNames().contains(target) ? target : Lab.SERVER;
            lab.kill(node);
            lab.start(node);
        }
    }

    /** A host that was killed takes its time; until then nothing is begun, and that is said. */
    private static Run again(KilledVerb verb, Homelab user) {
        Run run = Interruption.goingOn(user, verb.words());
        for (int i = 0; HOST && i < BLIND_AT_MOST && (run.exit() == Exit.BLIND || run.exit() == Exit.REFUSED); i++) {
            Launched.pause(Duration.ofSeconds(3));
            run = Interruption.goingOn(user, verb.words());
        }
        return run;
    }
}
