package homelab.run;

import homelab.drain.Emptying;
import homelab.drain.Leaving;
import homelab.host.Host;
import homelab.host.Script;
import homelab.plan.Step;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.Deed;
import homelab.resource.Drained;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Empties a node: closes it, asks for every pod that is to leave, and asks again for those that a budget keeps there, until
 * all are gone or the time is over. Pods that are told to end get the time that they were given.
 */
record Evictions(Doing doing, Stop stop) {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** @throws Failure with exit FAILED, with every pod that is left and what keeps it there, when the time is over */
    void of(Step step, Host leader, Deed.Empty deed) {
        try (Evictor evictor = doing.deeds().evictor(leader)) {
            of(step, deed, evictor, () -> look(leader, deed.node()));
        }
    }

    void of(Step step, Deed.Empty deed, Evictor evictor, Supplier<Emptying> look) {
        Instant begin = doing.time().now();
        evictor.cordon(deed.node().node());
        Emptying now = look.get();
        while (!now.leaving().isEmpty()) {
            Map<String, String> refused = ask(evictor, now.leaving());
            Duration elapsed = Duration.between(begin, doing.time().now());
            if (elapsed.compareTo(deed.limit()) >= 0) {
                throw new Failure(Exit.FAILED, deed.node().left(told(now.leaving(), refused), deed.limit()));
            }
            stop.orGoOn();
            doing.events().tell(new Event.StepWaits(step, waiting(now, refused), elapsed, deed.limit()));
            pause();
            now = look.get();
        }
    }

    private static Emptying look(Host leader, Drained node) {
        return node.read(Look.at(leader, node.probes(), Script.As.ROOT));
    }

    /** By pod, why it may not go now. */
    private static Map<String, String> ask(Evictor evictor, List<Leaving> leaving) {
        Map<String, String> refused = new LinkedHashMap<>();
        for (Leaving one : leaving) {
            if (one.pod().ending()) {
                continue;
            }
            if (one.forced()) {
                evictor.delete(one.pod().namespace(), one.pod().name());
                continue;
            }
            Optional<String> why =
                    evictor.evict(one.pod().namespace(), one.pod().name());
            why.ifPresent(text -> refused.put(one.pod().title(), text));
        }
        return refused;
    }

    /** The budget as it is, rather than the API's words for it, which leave out who it is. */
    private static List<String> told(List<Leaving> leaving, Map<String, String> refused) {
        return leaving.stream()
                .map(one -> one.pod().told() + ": " + why(one, refused))
                .toList();
    }

    private static String why(Leaving one, Map<String, String> refused) {
        String said = refused.getOrDefault(one.pod().title(), "");
        if (one.pod().ending() || said.isEmpty()) {
            return "was told to end, and has not yet";
        }
        return one.barred().isEmpty() ? one.names() + said : one.barred();
    }

    private static String waiting(Emptying now, Map<String, String> refused) {
        int pods = now.leaving().size();
        return pods + (pods == 1 ? " pod" : " pods") + " to leave"
                + refused.keySet().stream()
                        .findFirst()
                        .map(pod -> "; a budget keeps " + pod)
                        .orElse("");
    }

    private void pause() {
        try {
            doing.time().sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, Problem.of("interrupted", "", ""));
        }
    }
}
