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
import homelab.resource.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a step is so by now: looked at again until it is, or there is a reason to give up. */
record Proof(Doing doing, Stop stop) {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration MOMENT = Duration.ofSeconds(10);
    private static final Duration BETWEEN_DOUBTS = Duration.ofSeconds(10);
    private static final String NEXT = "mend the reason and run the same command again; what is done stays done";

    /**
     * How a step stands whose turn it is though it waits for an earlier one, or is refused as it was not when the plan was
     * made: an API needs a moment to serve a kind that it was just given, and a refusal may {@link homelab.resource.Resource#relents pass}.
     */
    Status inAMoment(Step step, Places places) {
        Instant begin = doing.time().now();
        Status status = look(step, places);
        while (since(begin).compareTo(moment(step, status)) < 0) {
            stop.orGoOn();
            doing.events().tell(new Event.StepWaits(step, Difference.of(status), since(begin), moment(step, status)));
            pause();
            status = look(step, places);
        }
        return status;
    }

    private static Duration moment(Step step, Status status) {
        if (status instanceof Status.Refused) {
            return step.resource().relents();
        }
        return status instanceof Status.Waits ? MOMENT : Duration.ZERO;
    }

    /**
     * Waits until the step is so.
     *
     * @param patience how long at most
     * @throws Failure with exit FAILED, with what still differs, when patience has run out or waiting is in vain
     */
    void await(Step step, Places places, Duration patience) {
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
            doing.events().tell(new Event.StepWaits(step, Difference.of(status), elapsed, patience));
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
                Difference.of(status)
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
