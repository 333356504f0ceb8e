package homelab.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sums of files that others keep here, remembered as long as size and time of a file stay: to read 250 MB of images for
 * each plan takes a second.
 *
 * @param file the memory, lines of {@code size mtime sha256 path}; it may be lost at any time
 */
record KnownSums(Path file) {

    /** @throws IOException when the file cannot be read */
    String of(Path path) throws IOException {
        String key = Files.size(path) + " " + Files.getLastModifiedTime(path).toMillis();
        Optional<String> known = lines().stream()
                .filter(line -> line.startsWith(key + " ") && line.endsWith(" " + path.toAbsolutePath()))
                .map(line -> line.split(" ", 4)[2])
                .findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        String sum = Hash.of(path);
        remember(key + " " + sum + " " + path.toAbsolutePath());
        return sum;
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // no more than slower
        }
    }

    private void remember(String line) {
        List<String> kept = new ArrayList<>(lines());
        kept.add(line);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path beside = Files.createTempFile(file.toAbsolutePath().getParent(), "sums", ".new");
            Files.write(beside, kept.subList(Math.max(0, kept.size() - 100), kept.size()));
            Files.move(beside, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // The next run reads the file again.
        }
    }
}
