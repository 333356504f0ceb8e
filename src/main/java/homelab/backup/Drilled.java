package homelab.backup;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a copy came back.
 *
 * @param brought files that were restored and read again, each by the sums in the copy
 * @param compared those of them that are on the node as they were then, by size and time; their sums were compared too
 * @param failed why it is not whole; empty when it is
 */
public record Drilled(Copied copy, long brought, long compared, long seconds, Optional<String> failed) {

    /** @param text a word and a number on each line, as the node's program prints them */
    public static Drilled of(Copied copy, boolean ok, String text, String errors) {
        Map<String, Long> told = new HashMap<>();
        text.lines().map(line -> line.split(" ")).forEach(words -> {
            if (words.length == 2 && words[1].matches("\\d{1,15}")) {
                told.put(words[0], Long.parseLong(words[1]));
            }
        });
        boolean whole = ok && told.containsKey("brought");
        String why = errors.isBlank() ? "the node's program said nothing" : errors.strip();
        return new Drilled(
                copy,
                told.getOrDefault("brought", 0L),
                told.getOrDefault("compared", 0L),
                told.getOrDefault("seconds", 0L),
                whole ? Optional.empty() : Optional.of(why));
    }
}
