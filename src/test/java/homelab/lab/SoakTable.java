package homelab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The rows of a soak that have passed: kept while it runs, and not run again.
 *
 * @param file lines of Markdown, a row each
 */
record SoakTable(Path file) {

    /** In {@code target/soak}. */
    static SoakTable of(String name) {
        return new SoakTable(Path.of("target/soak", name + ".md"));
    }

    /** Whether a row with this title has passed; a remark in brackets may stand behind it. */
    boolean has(Object title) {
        try {
            String begin = "| " + title;
            return Files.exists(file)
                    && Files.readAllLines(file).stream()
                            .anyMatch(row -> row.startsWith(begin + " |") || row.startsWith(begin + " ("));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param row whole, with its line end */
    void keep(String row) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
