package homelab.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The drawing of rooms in ARCHITECTURE.md. What people read and what the build enforces are one text. */
record Drawing(Map<String, Set<String>> calls, Map<String, Set<String>> libraries) {

    static Drawing read(Path file) throws IOException {
        String text = Files.readString(file);
        return new Drawing(lines(block(text, "Who calls whom")), lines(block(text, "Who imports what")));
    }

    /** The first fenced block below the heading. */
    private static String block(String text, String heading) {
        String[] parts = text.split("\\n#+ " + heading + "\\n", 2);
        if (parts.length < 2) {
            throw new IllegalStateException("ARCHITECTURE.md has no heading '" + heading + "'");
        }
        return parts[1].split("```")[1].split("\\n", 2)[1];
    }

    private static Map<String, Set<String>> lines(String block) {
        Map<String, Set<String>> table = new LinkedHashMap<>();
        block.lines().filter(line -> line.contains("->")).forEach(line -> {
            String[] sides = line.split("->", 2);
            String right = sides[1].strip();
            table.put(sides[0].strip(), right.isEmpty() ? Set.of() : Set.of(right.split(" +")));
        });
        return new TreeMap<>(table);
    }
}
