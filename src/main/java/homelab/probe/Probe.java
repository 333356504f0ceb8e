package homelab.probe;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * One look at a host.
 *
 * @param id unique among the probes of one round trip, e.g. {@code file:/etc/hostname}
 * @param shell POSIX sh, run as root with {@code LC_ALL=C} in a subshell of its own; must change nothing
 * @param limit after this the probe is killed and reads as Unknown
 * @param parser turns the answer into a value; throwing makes the reading Unknown with the exception's message
 * @param cap the most that is read of its answer, in bytes; the rest is cut off and {@link Answer#cut} says so
 * @param member of which family it is, if of any: where several of one are asked, they are asked together
 */
public record Probe<T>(
        String id, String shell, Duration limit, Function<Answer, T> parser, int cap, Optional<Family.Member> member) {

    /**
     * Shell in front of a program that may write files of its own bigger than 16 MiB, which no probe may otherwise: k3s
     * unpacks itself the first time that a new one is called.
     */
    public static final String LIFTED = "ulimit -S -f unlimited; ";

    private static final Duration USUAL = Duration.ofSeconds(10);

    /** One that is asked alone. */
    public Probe(String id, String shell, Duration limit, Function<Answer, T> parser) {
        this(id, shell, limit, parser, ProbeScript.CAP, Optional.empty());
    }

    /** Asked together with others of its family. */
    public Probe<T> with(Family family, String word) {
        return new Probe<>(id, shell, limit, parser, cap, Optional.of(new Family.Member(family, word)));
    }

    /** One whose answer may be longer than usual. */
    public Probe<T> upTo(int bytes) {
        return new Probe<>(id, shell, limit, parser, bytes, member);
    }

    /** The same question, its answer as it came. */
    public Probe<Answer> raw() {
        return new Probe<>(id, shell, limit, answer -> answer, cap, member);
    }

    /** A probe with the usual limit of 10 s. */
    public static <T> Probe<T> of(String id, String shell, Function<Answer, T> parser) {
        return new Probe<>(id, shell, USUAL, parser);
    }

    /** The trimmed standard output; a script that fails reads as the empty text. */
    public static Probe<String> text(String id, String shell) {
        return of(id, shell, answer -> answer.ok() ? answer.text().strip() : "");
    }

    /** Whether the script ends with 0. */
    public static Probe<Boolean> yes(String id, String shell) {
        return of(id, shell, Answer::ok);
    }
}
