package homelab.probe;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Any number of probes as one POSIX sh script, and the way back from its output to readings. The probes run side by
 * side, so the whole takes about as long as the slowest.
 */
public final class ProbeScript {
    /** The most that a probe may answer unless it says otherwise, in bytes. */
    public static final int CAP = 256 * 1024;

    private final List<Joint> joints;
    private final String nonce;

    private ProbeScript(List<Joint> joints, String nonce) {
        this.joints = joints;
        this.nonce = nonce;
    }

    /**
     * A probe that is given twice is asked once.
     *
     * @param nonce letters and digits that no output can foresee
     * @throws IllegalArgumentException when one id stands for two different scripts
     */
    public static ProbeScript join(Collection<? extends Probe<?>> probes, String nonce) {
        if (!nonce.matches("[A-Za-z0-9]+")) {
            throw new IllegalArgumentException("a nonce is letters and digits");
        }
        Map<String, Probe<?>> byId = new LinkedHashMap<>();
        for (Probe<?> probe : probes) {
            Probe<?> before = byId.putIfAbsent(probe.id(), probe);
            if (before != null && !before.shell().equals(probe.shell())) {
                throw new IllegalArgumentException("two different probes are called '" + probe.id() + "'");
            }
        }
        return new ProbeScript(Joint.of(List.copyOf(byId.values())), nonce);
    }

    public String text() {
        return ProbeShell.join(joints, nonce);
    }

    /** How long the script takes at most: the slowest probe's limit and the time to kill it. */
    public Duration limit() {
        Duration slowest = joints.stream()
                .map(joint -> joint.asked().limit())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return slowest.plusSeconds(5);
    }

    /**
     * The readings of what came back, all of it or the beginning.
     *
     * @param lost why the output may be cut, for those probes that it does not hold
     */
    public Readings read(byte[] output, Optional<String> lost) {
        ProbeFrames frames = ProbeFrames.parse(output, nonce);
        Map<String, Reading<?>> readings = new HashMap<>();
        for (int number = 0; number < joints.size(); number++) {
            Joint joint = joints.get(number);
            Reading<Map<String, Answer>> answers = answers(joint, frames.of(number), lost);
            joint.members().forEach(probe -> readings.put(probe.id(), read(probe, answers)));
        }
        return new Readings(readings);
    }

    private static Reading<Map<String, Answer>> answers(Joint joint, ProbeFrames.Frame frame, Optional<String> lost) {
        if (frame instanceof ProbeFrames.Came came) {
            return parse(joint.asked().parser(), came.answer(joint.cap()));
        }
        if (frame instanceof ProbeFrames.Killed) {
            return new Reading.Unknown<>("timed out after " + ProbeShell.seconds(joint.asked()) + " s");
        }
        if (frame instanceof ProbeFrames.Broken broken) {
            return new Reading.Unknown<>(broken.why());
        }
        return new Reading.Unknown<>(lost.orElse("connection lost"));
    }

    private static <T> Reading<T> read(Probe<T> probe, Reading<Map<String, Answer>> answers) {
        if (answers instanceof Reading.Known<Map<String, Answer>> known) {
            Answer answer = known.value().get(probe.id());
            return answer == null
                    ? new Reading.Unknown<>("it was asked together with others, and nothing came back for it")
                    : parse(probe.parser(), answer);
        }
        return new Reading.Unknown<>(((Reading.Unknown<Map<String, Answer>>) answers).why());
    }

    private static <T> Reading<T> parse(Function<Answer, T> parser, Answer answer) {
        try {
            return new Reading.Known<>(parser.apply(answer));
        } catch (RuntimeException e) {
            String message = e.getMessage();
            return new Reading.Unknown<>(
                    message == null || message.isBlank()
                            ? "unreadable answer (" + e.getClass().getSimpleName() + ")"
                            : message);
        }
    }
}
