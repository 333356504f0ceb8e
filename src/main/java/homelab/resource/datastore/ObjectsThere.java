package homelab.resource.datastore;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every object that was in the cluster before its data moved is in it, by its uid. Nothing to find where nothing is listed. */
public record ObjectsThere() implements Resource {
    /** @param missing how many of them, and {@code some} of these by name */
    private record Seen(int all, int missing, List<String> some) {}

    private static final Probe<Seen> PROBE = new Probe<>(
            "objects of before",
            ObjectList.SHELL + """
                    [ -s LIST ] || { echo 0 0; exit 0; }
                    now=$(objects) && [ -n "$now" ] || exit 1
                    missing=$(echo "$now" | LC_ALL=C comm -23 LIST -)
                    echo "$(wc -l <LIST) $(printf %s "${missing:+$missing
                    }" | wc -l)"
                    echo "$missing" | head -n 5 | cut -d ' ' -f 2-
                    """.replace("LIST", MoveStage.OBJECTS),
            Duration.ofMinutes(4),
            ObjectsThere::parse);

    private static Seen parse(Answer answer) {
        List<String> lines = answer.text().lines().toList();
        if (!answer.ok() || lines.isEmpty()) {
            throw new IllegalStateException("the API does not tell its objects (exit code " + answer.exit() + ")");
        }
        String[] counts = lines.get(0).strip().split(" ");
        return new Seen(
                Integer.parseInt(counts[0]),
                Integer.parseInt(counts[1]),
                lines.stream()
                        .skip(1)
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList());
    }

    @Override
    public String id() {
        return "objects of before";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(PROBE), ObjectsThere::judged);
    }

    private static Status judged(Seen seen) {
        return seen.missing == 0
                ? Status.SAME
                : Status.drift(
                        Worst.WAIT,
                        "objects of before",
                        seen.missing + " of " + seen.all + " missing (" + String.join(", ", seen.some) + ")",
                        "all there");
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    /** Kinds of others' are served some seconds after the API is ready. */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Optional<Probe<String>> diagnosis() {
        return Optional.of(Probe.of("way back", ":", answer -> MoveStage.WAY_BACK));
    }
}
