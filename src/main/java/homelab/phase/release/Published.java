package homelab.phase.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rows of a table under {@code src/main/resources/homelab/upgrade/}, which says where they were read, and when. */
record Published(List<List<String>> rows) {

    /** @throws IllegalStateException when there is no such table, or a row of it has another number of columns */
    static Published load(String name, int columns) {
        try (InputStream in = Published.class.getResourceAsStream("/homelab/upgrade/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the program was built without " + name);
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8), columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Published of(String text, int columns) {
        List<List<String>> rows = text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split(" \\| ", -1)))
                .toList();
        rows.stream().filter(row -> row.size() != columns).findFirst().ifPresent(row -> {
            throw new IllegalStateException("not " + columns + " columns: " + row);
        });
        return new Published(rows);
    }
}
