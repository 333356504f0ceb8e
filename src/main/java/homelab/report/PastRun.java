package homelab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A run that has left a journal.
 *
 * @param id the journal's file name without its ending; it sorts by time
 * @param lines of the journal, each a JSON object; a last one that was not written whole is left out
 */
public record PastRun(String id, List<JsonNode> lines) {
    private static final String ENDING = ".jsonl";

    public PastRun {
        lines = List.copyOf(lines);
    }

    /** The runs on a cluster, the newest first. */
    public static List<PastRun> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted(Comparator.reverseOrder())
                    .map(PastRun::read)
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static PastRun read(Path file) {
        String name = String.valueOf(file.getFileName());
        List<JsonNode> lines = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                parse(line).ifPresent(lines::add);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return new PastRun(name.substring(0, name.length() - ENDING.length()), lines);
    }

    private static Optional<JsonNode> parse(String line) {
        try {
            return Optional.of(new ObjectMapper().readTree(line)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty(); // the run was killed while it wrote it
        }
    }

    private static Failure unreadable(Path path, IOException e) {
        return new Failure(Exit.FAILED, Problem.of("the journals cannot be read", path + ": " + e.getMessage(), ""), e);
    }

    /** "bootstrap"; what stands behind the time in its name. */
    public String verb() {
        return id.replaceFirst("^[^Z]*Z-", "");
    }

    public String began() {
        return lines.isEmpty() ? "" : lines.get(0).path("at").asText();
    }

    public String ended() {
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1).path("at").asText();
    }

    public long count(String event) {
        return lines.stream()
                .filter(line -> line.path("event").asText().equals(event))
                .count();
    }

    /** Empty when the run was killed, or goes on now. */
    public OptionalInt exit() {
        return lines.stream()
                .filter(line -> line.path("event").asText().equals("end"))
                .mapToInt(line -> line.path("exit").asInt())
                .findFirst();
    }
}
