package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A release file in the cache of this machine, with the content that is pinned. */
public record CachedFile(URI from, Path cached, String sha256) implements Resource {

    @Override
    public String id() {
        return "file " + cached.getFileName();
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    private Probe<String> probe() {
        String shell = """
                f=%s
                [ -f "$f" ] || { echo absent; exit 0; }
                if command -v sha256sum >/dev/null; then sha256sum <"$f"; else shasum -a 256 <"$f"; fi
                """.formatted(Sh.quote(cached.toString()));
        return new Probe<>(
                "cached:" + cached,
                shell,
                Duration.ofSeconds(30),
                answer -> answer.text().split("\\s", 2)[0]);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), this::judged);
    }

    private Status judged(String is) {
        if (is.equals(sha256)) {
            return Status.SAME;
        }
        return Status.drift(
                Worst.CREATE, id(), is.equals("absent") ? is : "damaged", "downloaded from " + from.getHost());
    }

    @Override
    public Deed deed() {
        return new Deed.Fetch(from, cached, sha256);
    }
}
