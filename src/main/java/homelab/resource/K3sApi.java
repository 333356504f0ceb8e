package homelab.resource;

import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The API of the server on this very host answers that it is ready. */
public record K3sApi() implements Resource {
    private static final Probe<String> PROBE =
            ApiReads.probe("api:/readyz", "/readyz", answer -> answer.text().strip());

    @Override
    public String id() {
        return "API";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(PROBE);
    }

    @Override
    public Status status(Readings readings) {
        if (!(readings.of(PROBE) instanceof Reading.Known<String> known)) {
            return new Status.Unknown(
                    "the API could not be asked: " + ((Reading.Unknown<String>) readings.of(PROBE)).why());
        }
        return known.value().equals("ok")
                ? Status.SAME
                : Status.drift(Worst.WAIT, id(), before(known.value()), "ready");
    }

    /** The API server lists its checks when one of them fails: {@code [-]etcd failed: reason withheld}. */
    private static String before(String answer) {
        String failed = String.join(
                ", ",
                answer.lines()
                        .filter(line -> line.startsWith("[-]"))
                        .map(line -> line.substring(3))
                        .toList());
        return failed.isEmpty() ? "no answer" : failed;
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Optional<Probe<String>> diagnosis() {
        return Optional.of(K3sTrouble.probe("k3s"));
    }
}
