package homelab.facts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What hosts once answered, from src/test/resources/facts; its README says which were seen and which were made up. */
final class Captures {
    private Captures() {}

    static String text(String name) {
        try (var in = Objects.requireNonNull(Captures.class.getResourceAsStream("/facts/" + name + ".txt"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Sections sections(String name) {
        return Sections.parse(text(name));
    }
}
