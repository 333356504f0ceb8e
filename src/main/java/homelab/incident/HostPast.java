package homelab.incident;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one host has written down.
 *
 * @param cluster what the API told, when the host is a server of which it answered
 * @param missing what could not be read: "journal", or that there was more than is told
 */
public record HostPast(
        List<Boot> boots, List<Happening> journal, List<Happening> cluster, boolean reset, List<String> missing) {
    private static final Duration LIMIT = Duration.ofSeconds(200);
    private static final int CAP = 2 * 1024 * 1024;

    public HostPast {
        boots = List.copyOf(boots);
        journal = List.copyOf(journal);
        cluster = List.copyOf(cluster);
        missing = List.copyOf(missing);
    }

    /** @param since what is older is not asked for */
    public static Probe<HostPast> probe(String node, Instant since) {
        String shell = "(\nsince=" + since.getEpochSecond() + "\n" + script() + ")\n";
        return new Probe<>("incident", Probe.LIFTED + shell, LIMIT, answer -> read(node, since, answer)).upTo(CAP);
    }

    private static String script() {
        try (InputStream in = HostPast.class.getResourceAsStream("/homelab/incident/look.sh")) {
            if (in == null) {
                throw new IllegalStateException("the program was built without its script");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HostPast read(String node, Instant since, Answer answer) {
        return read(node, since, answer.text());
    }

    static HostPast read(String node, Instant since, String text) {
        Reader reader = new Reader(node, since);
        text.lines().forEach(reader::take);
        return reader.past();
    }

    /** Line by line. */
    private static final class Reader {
        private final String node;
        private final Instant since;
        private final List<Boot> boots = new ArrayList<>();
        private final List<Happening> journal = new ArrayList<>();
        private final List<Happening> cluster = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private boolean reset;
        private boolean whole;

        Reader(String node, Instant since) {
            this.node = node;
            this.since = since;
        }

        HostPast past() {
            if (!whole) {
                throw new IllegalStateException("it broke off while it told what happened");
            }
            return new HostPast(boots, journal, cluster, reset, missing);
        }

        void take(String line) {
            String[] word = line.split(" ", 2);
            String rest = word.length > 1 ? word[1] : "";
            switch (word[0]) {
                case "boot" -> boot(rest.split(" "));
                case "e" -> happening(rest.split(" ", 5));
                case "watchdog" -> reset = true;
                case "pod" -> ApiPast.pod(rest, since).forEach(cluster::add);
                case "node" -> ApiPast.node(rest, since).ifPresent(cluster::add);
                case "none" -> missing.add("its " + rest + " could not be read to its end");
                case "cut" ->
                    missing.add("its journal holds more than 600 different lines of this; the rest is not told");
                case "end" -> whole = true;
                default -> missing.add("a line that is not understood: " + line);
            }
        }

        private void boot(String[] part) {
            if (part.length == 6) {
                boots.add(new Boot(
                        part[0],
                        at(part[1]),
                        Duration.ofSeconds(Long.parseLong(part[2])),
                        at(part[3]),
                        Duration.ofSeconds(Long.parseLong(part[4])),
                        Boot.End.valueOf(part[5].toUpperCase(java.util.Locale.ROOT))));
            } else {
                missing.add("the times of a boot could not be read");
            }
        }

        private void happening(String[] part) {
            Kind.of(part[1])
                    .ifPresent(kind -> journal.add(
                            new Happening(node, at(part[0]), at(part[3]), Integer.parseInt(part[2]), kind, part[4])));
        }

        private static Instant at(String second) {
            return Instant.ofEpochSecond(Long.parseLong(second));
        }
    }
}
