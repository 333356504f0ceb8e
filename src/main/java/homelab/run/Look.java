package homelab.run;

import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.probe.Probe;
import homelab.probe.ProbeScript;
import homelab.probe.Readings;
import homelab.problem.Failure;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Asks a host any set of probes in one round trip. */
public final class Look {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration GRACE = Duration.ofSeconds(10);

    private Look() {}

    /** A host that is lost on the way, or lets nobody become root, makes them all Unknown. */
    public static Readings at(Host host, Collection<? extends Probe<?>> probes, Script.As as) {
        try {
            return orFail(host, probes, as);
        } catch (Failure lost) {
            return joined(probes)
                    .read(new byte[0], Optional.of(lost.problems().get(0).why()));
        }
    }

    /** @throws Failure when the host was lost on the way, or lets nobody become root */
    public static Readings orFail(Host host, Collection<? extends Probe<?>> probes, Script.As as) {
        if (probes.isEmpty()) {
            return Readings.NONE;
        }
        ProbeScript script = joined(probes);
        Output output = host.run(new Script("look at " + probes.size() + " things", script.text(), limit(probes), as));
        return script.read(output.out(), output.ok() ? Optional.empty() : Optional.of(lastLine(output)));
    }

    private static ProbeScript joined(Collection<? extends Probe<?>> probes) {
        return ProbeScript.join(List.copyOf(probes), nonce());
    }

    private static Duration limit(Collection<? extends Probe<?>> probes) {
        return probes.stream()
                .map(Probe::limit)
                .max(Comparator.naturalOrder())
                .orElse(GRACE)
                .plus(GRACE);
    }

    private static String lastLine(Output output) {
        String[] lines = output.errors().strip().split("\n");
        String last = lines[lines.length - 1];
        return last.isBlank() ? "the probe script ended with " + output.exit() : last;
    }

    private static String nonce() {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
