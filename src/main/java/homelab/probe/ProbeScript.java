package homelab.probe;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Any number of probes as one POSIX sh script, and the way back from its output to readings. The probes run side by
 * side, so the whole takes about as long as the slowest.
 */
public final class ProbeScript {
    /** The most that one probe may answer, in bytes; the rest is cut off and {@link Answer#cut} says so. */
    public static final int CAP = 256 * 1024;

    private final List<Probe<?>> probes;
    private final String nonce;

    private ProbeScript(List<Probe<?>> probes, String nonce) {
        this.probes = probes;
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
        return new ProbeScript(List.copyOf(byId.values()), nonce);
    }

    public String text() {
        return ProbeShell.join(probes, nonce, CAP);
    }

    /** How long the script takes at most: the slowest probe's limit and the time to kill it. */
    public Duration limit() {
        Duration slowest =
                probes.stream().map(Probe::limit).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
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
        for (int number = 0; number < probes.size(); number++) {
            Probe<?> probe = probes.get(number);
            readings.put(probe.id(), read(probe, frames.of(number), lost));
        }
        return new Readings(readings);
    }

    private static <T> Reading<T> read(Probe<T> probe, ProbeFrames.Frame frame, Optional<String> lost) {
        if (frame instanceof ProbeFrames.Came came) {
            return parse(probe, came);
        }
        if (frame instanceof ProbeFrames.Killed) {
            return new Reading.Unknown<>("timed out after " + ProbeShell.seconds(probe) + " s");
        }
        if (frame instanceof ProbeFrames.Broken broken) {
            return new Reading.Unknown<>(broken.why());
        }
        return new Reading.Unknown<>(lost.orElse("connection lost"));
    }

    private static <T> Reading<T> parse(Probe<T> probe, ProbeFrames.Came came) {
        try {
            return new Reading.Known<>(probe.parser().apply(came.answer(CAP)));
        } catch (RuntimeException e) {
            String message = e.getMessage();
            return new Reading.Unknown<>(
                    message == null || message.isBlank()
                            ? "unreadable answer (" + e.getClass().getSimpleName() + ")"
                            : message);
        }
    }
}
