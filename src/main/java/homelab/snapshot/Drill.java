package homelab.snapshot;

import homelab.model.Cluster;
import homelab.probe.Probe;
import homelab.probe.Word;
import homelab.template.Templates;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What came of restoring a snapshot into a place of its own and reading it back; the host writes it down itself, since a
 * timer does it too.
 *
 * @param snapshot its name; "-" when there was none
 * @param taken when the snapshot was, to the second
 * @param counted in it: "namespaces", "secrets" (each was opened), "objects" (keys below /registry), "revision"; empty when
 *     it did not come so far
 * @param why it failed or was not tried; empty when it passed
 */
public record Drill(
        Result result,
        String snapshot,
        Instant at,
        Instant taken,
        Duration took,
        Map<String, Long> counted,
        String why) {

    /** What may come of it. */
    public enum Result {
        PASS,
        FAIL,
        /** Not tried: no room, no memory, nothing there. Nothing is known of the snapshot by that. */
        SKIPPED
    }

    /** Where the script lies for the timer. */
    public static final String SCRIPT = "/usr/local/lib/homelab/snapshot-drill";

    /** Where the script works; all of it is gone after. */
    public static final String ROOM = "/var/lib/homelab/drill";

    private static final String SEEN = "/var/lib/homelab/drilled";

    /** The last one on a host. */
    public static final Probe<Optional<Drill>> LAST =
            Probe.of("last drill", "cat " + SEEN + " 2>/dev/null || :", answer -> parse(answer.text()));

    public Drill {
        counted = Map.copyOf(counted);
    }

    /** POSIX sh, for root. */
    public static String script() {
        return Templates.load(SCRIPT.substring(1)).fill(Map.of("whole", Integrity.SH.stripTrailing()));
    }

    /** How the script is called for what lies on a server. */
    public static String words(Cluster cluster) {
        return Word.quoted(SnapshotLook.folder(cluster)) + " " + SnapshotLook.BESIDE;
    }

    /** @param text {@code key value}, a line each; empty when no result is among them */
    public static Optional<Drill> parse(String text) {
        Map<String, String> said = new LinkedHashMap<>();
        text.lines().map(line -> line.split(" ", 2)).forEach(pair -> said.put(pair[0], pair[pair.length - 1]));
        Map<String, Long> counted = new LinkedHashMap<>();
        for (String what : new String[] {"namespaces", "secrets", "objects", "revision"}) {
            if (number(said, what) > 0) {
                counted.put(what, number(said, what));
            }
        }
        return result(said.getOrDefault("result", ""))
                .map(result -> new Drill(
                        result,
                        said.getOrDefault("snapshot", "-"),
                        Instant.ofEpochSecond(number(said, "at")),
                        Instant.ofEpochSecond(number(said, "taken")),
                        Duration.ofSeconds(number(said, "seconds")),
                        counted,
                        said.getOrDefault("why", "")));
    }

    private static Optional<Result> result(String word) {
        return switch (word) {
            case "pass" -> Optional.of(Result.PASS);
            case "fail" -> Optional.of(Result.FAIL);
            case "skipped" -> Optional.of(Result.SKIPPED);
            default -> Optional.empty();
        };
    }

    private static long number(Map<String, String> said, String key) {
        String digits = said.getOrDefault(key, "");
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
    }
}
