package homelab.resource;

import homelab.probe.Reading;
import homelab.problem.Problem;
import java.util.List;
import java.util.function.Function;

/** How a resource stands against what was looked at. */
public sealed interface Status {

    /** As it should be. */
    record Same() implements Status {}

    /** Differs; {@code changes} is not empty. */
    record Drift(List<Change> changes, Worst worst) implements Status {
        public Drift {
            changes = List.copyOf(changes);
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("a drift without a change");
            }
        }
    }

    /** Cannot be judged before something else is done ("after jarvis is a server"); names its worst deed. */
    record Waits(String until, Worst worst) implements Status {}

    /** Does not apply on this host, e.g. the firewall is not ours. */
    record NotHere(String why) implements Status {}

    /** Differs, and a guard says no: the deed would do harm as things stand. */
    record Refused(Problem problem) implements Status {}

    /** Could not be looked at; never taken for Same. */
    record Unknown(String why) implements Status {}

    Status SAME = new Same();

    /** What the value means; Unknown, with its reason, when there is none. */
    static <T> Status of(Reading<T> reading, Function<? super T, ? extends Status> judge) {
        return reading instanceof Reading.Known<T> known
                ? judge.apply(known.value())
                : new Unknown(((Reading.Unknown<T>) reading).why());
    }

    static Status drift(Worst worst, String what, String before, String after) {
        return new Drift(List.of(new Change(what, before, after)), worst);
    }
}
