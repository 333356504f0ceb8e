package homelab.fake;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A small resource for tests: a file holds a word, brought about by a script that may be wrong on purpose. */
public record FileIs(Path file, String word, String script, Worst worst, Duration patience) implements Resource {

    public static FileIs of(Path file, String word) {
        return new FileIs(file, word, "printf " + word + " > " + file, Worst.CHANGE, Duration.ZERO);
    }

    @Override
    public String id() {
        return "file " + file.getFileName();
    }

    private Probe<String> probe() {
        return Probe.text("file:" + file, "cat " + file);
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        var reading = readings.of(probe());
        return reading.known()
                .map(found -> found.equals(word)
                        ? Status.SAME
                        : Status.drift(worst, id(), found.isEmpty() ? "absent" : found, word))
                .orElseGet(() -> new Status.Unknown(reading.toString()));
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of(script);
    }
}
