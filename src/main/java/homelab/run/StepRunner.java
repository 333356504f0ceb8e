package homelab.run;

import homelab.host.Host;
import homelab.plan.Planned;
import homelab.plan.Step;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.Change;
import homelab.resource.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One step: the deed, then the proof, asked for until it is there or patience has run out. */
final class StepRunner {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration MOMENT = Duration.ofSeconds(10);
    private static final String NEXT = "mend the reason and run the same command again; what is done stays done";
    private static final Duration AFTER_A_CUT = Duration.ofSeconds(10);
    private static final Duration BETWEEN_DOUBTS = Duration.ofSeconds(10);

    private final Doing doing;
    private final Doer doer;
    private final Stop stop;

    StepRunner(Doing doing, Stop stop) {
        this.doing = doing;
        this.doer = new Doer(doing, stop);
        this.stop = stop;
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

    /**
     * How a step stands whose turn it is though it waits for an earlier one: an API needs a moment to serve a kind that it
     * was just given.
     */
    Status inAMoment(Step step, Places places) {
        Instant begin = doing.time().now();
        Status status = look(step, places);
        while (status instanceof Status.Waits && since(begin).compareTo(MOMENT) < 0) {
            stop.orGoOn();
            pause();
            status = look(step, places);
        }
        return status;
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
            prove(step, places, cut.isPresent() && own.compareTo(AFTER_A_CUT) < 0 ? AFTER_A_CUT : own);
        } catch (Failure still) {
            List<Problem> both = new ArrayList<>(cut.map(Failure::problems).orElse(List.of()));
            both.addAll(still.problems());
            throw new Failure(still.exit(), both);
        }
    }

    private void prove(Step step, Places places, Duration patience) {
        Instant begin = doing.time().now();
        Status status = look(step, places);
        Instant doubted = begin;
        while (!proved(status)) {
            Duration elapsed = since(begin);
            if (elapsed.compareTo(patience) >= 0) {
                throw new Failure(Exit.FAILED, unproved(step, status, places, elapsed));
            }
            stop.orGoOn();
            if (since(doubted).compareTo(BETWEEN_DOUBTS) >= 0) {
                refuseToWaitInVain(step, places);
                doubted = doing.time().now();
            }
            doing.events().tell(new Event.StepWaits(step, difference(status), elapsed, patience));
            pause();
            status = look(step, places);
        }
    }

    private static void refuseToWaitInVain(Step step, Places places) {
        Optional<Host> host = places.of(step.target());
        List<Probe<Optional<String>>> asked = step.resource().vain();
        if (asked.isEmpty() || host.isEmpty()) {
            return;
        }
        Readings told = Look.at(host.get(), asked, places.rights(step.target()));
        asked.stream()
                .flatMap(probe -> told.of(probe).known().flatMap(why -> why).stream())
                .findFirst()
                .ifPresent(why -> {
                    throw new Failure(
                            Exit.FAILED, Problem.of(Doer.title(step) + ": will not come up by waiting", why, NEXT));
                });
    }

    private static boolean proved(Status status) {
        return status instanceof Status.Same || status instanceof Status.NotHere;
    }

    private static Status look(Step step, Places places) {
        List<Planned> judged = Planner.judge(List.of(step), places);
        return judged.get(0).status();
    }

    private Problem unproved(Step step, Status status, Places places, Duration elapsed) {
        String still = step.resource().patience().isZero()
                ? "still differs after it was done"
                : "not so after " + elapsed.toSeconds() + " s";
        return Problem.of(
                Doer.title(step) + ": " + still,
                difference(status)
                        + diagnosis(step, places).map(text -> "\n" + text).orElse(""),
                NEXT);
    }

    private static Optional<String> diagnosis(Step step, Places places) {
        Optional<Probe<String>> asked = step.resource().diagnosis();
        Optional<Host> host = places.of(step.target());
        if (asked.isEmpty() || host.isEmpty()) {
            return Optional.empty();
        }
        Reading<String> reading = Look.at(host.get(), List.of(asked.get()), places.rights(step.target()))
                .of(asked.get());
        return reading.known().filter(text -> !text.isBlank());
    }

    /** What still differs, in one line. */
    static String difference(Status status) {
        if (status instanceof Status.Drift drift) {
            return drift.changes().stream().map(StepRunner::told).distinct().collect(Collectors.joining("; "));
        }
        if (status instanceof Status.Unknown unknown) {
            return unknown.why();
        }
        if (status instanceof Status.Refused refused) {
            return refused.problem().why();
        }
        return status instanceof Status.Waits waits ? waits.until() : "";
    }

    private static String told(Change change) {
        return change.what() + " is " + change.before() + ", should be " + change.after();
    }

    private void pause() {
        try {
            doing.time().sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, Problem.of("interrupted", "", ""));
        }
    }

    private Duration since(Instant begin) {
        return Duration.between(begin, doing.time().now());
    }
}
