package homelab.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands in {@code src/main/resources/homelab/doctor/ID.md} about a check, for people.
 *
 * @param title a few words, without the id
 * @param facts by name: {@code worst} (fail or warn), {@code reads}, {@code threshold}, {@code source}, {@code mend}
 *     (safe: done by --fix; asks: by another command that asks; manual)
 * @param sections by heading: {@code What}, {@code Why it matters}, {@code How it is found}, {@code Fix}
 */
public record Page(String id, String title, Map<String, String> facts, Map<String, String> sections) {
    /** Every page has these, in this order. */
    public static final List<String> FACTS = List.of("worst", "reads", "threshold", "source", "mend");

    /** And these. */
    public static final List<String> SECTIONS = List.of("What", "Why it matters", "How it is found", "Fix");

    /** @throws IllegalStateException when there is none, which a test keeps from happening */
    public static Page of(String id) {
        try (InputStream in = Page.class.getResourceAsStream("/homelab/doctor/" + id + ".md")) {
            if (in == null) {
                throw new IllegalStateException("nothing is written about " + id);
            }
            return read(id, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Page read(String id, String text) {
        Map<String, String> facts = new LinkedHashMap<>();
        Map<String, String> sections = new LinkedHashMap<>();
        String title = "";
        String heading = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("# ")) {
                title = line.substring(2 + id.length()).strip();
            } else if (line.startsWith("## ")) {
                heading = line.substring(3);
            } else if (!heading.isEmpty()) {
                sections.merge(heading, line, (before, more) -> before + "\n" + more);
            } else if (line.startsWith("- ")) {
                int colon = line.indexOf(": ");
                facts.put(line.substring(2, colon), line.substring(colon + 2));
            }
        }
        sections.replaceAll((name, body) -> body.strip());
        return new Page(id, title, Map.copyOf(facts), sections);
    }

    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    /** Whether {@code doctor --fix} may do it: safe, and the same when done twice. */
    public boolean isSafe() {
        return fact("mend").startsWith("safe");
    }

    /** "HOST" of "HOST-004". */
    public String group() {
        return group(id);
    }

    public static String group(String id) {
        return id.substring(0, id.indexOf('-'));
    }
}
