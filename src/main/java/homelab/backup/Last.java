package homelab.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The last copy of something that a node wrote down as made.
 *
 * @param kind "claim" or "dir"
 * @param name {@code NAMESPACE/CLAIM}, or the folder
 * @param how "as-found", "paused" or "frozen"
 */
public record Last(String kind, String name, String how, String snapshot, Instant at) {
    /** As restic and the node's program tell them. */
    public static final Map<String, String> HOW =
            Map.of("as-found", "as found", "paused", "paused", "frozen", "frozen");

    /** @param lines second, kind, name, how, snapshot; what is none of these is left out */
    public static List<Last> parse(String lines) {
        List<Last> all = new ArrayList<>();
        lines.lines().forEach(line -> {
            String[] words = line.split(" ");
            if (words.length == 5 && words[0].matches("\\d{1,12}")) {
                all.add(new Last(
                        words[1], words[2], words[3], words[4], Instant.ofEpochSecond(Long.parseLong(words[0]))));
            }
        });
        return all;
    }
}
