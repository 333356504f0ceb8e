package homelab.run;

import homelab.host.Host;
import homelab.plan.Step;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One step: the deed, then the proof, asked for until it is there or patience has run out. */
final class StepRunner {
    private static final Duration AFTER_A_CUT = Duration.ofSeconds(10);

    private final Doing doing;
    private final Doer doer;
    private final Proof proof;

    StepRunner(Doing doing, Stop stop) {
        this.doing = doing;
        this.doer = new Doer(doing, stop);
        this.proof = new Proof(doing, stop);
    }

    void run(Step step, Status.Drift drift, Places places) {
        Instant begin = doing.time().now();
        doing.events().tell(new Event.StepBegins(step));
        try {
            Optional<Failure> cut = act(step, places);
            prove(step, places, cut);
        } catch (Failure failure) {
            failure.problems().forEach(problem -> doing.events().tell(new Event.StepFailed(step, problem)));
            throw failure;
        }
        doing.events().tell(new Event.StepDone(step, drift.changes(), since(begin)));
    }

    /** Nothing when it was seen how the deed ended; or else why not, and the host is connected again. */
    private Optional<Failure> act(Step step, Places places) {
        try {
            doer.act(step, places);
            return Optional.empty();
        } catch (Failure cut) {
            Optional<Host> host = places.of(step.target());
            if (cut.exit() != Exit.BLIND || host.isEmpty()) {
                throw cut;
            }
            String what = cut.problems().get(0).what();
            doing.events().tell(new Event.Note(what + "; looking whether it was done"));
            comeBack(host.get(), cut);
            return Optional.of(cut);
        }
    }

    private static void comeBack(Host host, Failure cut) {
        try {
            host.revive();
        } catch (Failure away) {
            throw cut;
        }
    }

    /** What was cut may still be at work on the host; it is given a while. */
    private void prove(Step step, Places places, Optional<Failure> cut) {
        try {
            Duration own = step.resource().patience();
            proof.await(step, places, cut.isPresent() && own.compareTo(AFTER_A_CUT) < 0 ? AFTER_A_CUT : own);
        } catch (Failure still) {
            List<Problem> both = new ArrayList<>(cut.map(Failure::problems).orElse(List.of()));
            both.addAll(still.problems());
            throw new Failure(still.exit(), both);
        }
    }

    private Duration since(Instant begin) {
        return Duration.between(begin, doing.time().now());
    }
}
