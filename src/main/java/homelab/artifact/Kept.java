package homelab.artifact;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the cache keeps under one checksum.
 *
 * @param name of the file; of one that is not whole yet too
 * @param bytes of all that lies there
 * @param brought when its newest part came
 */
public record Kept(String name, String sha256, Path folder, long bytes, Instant brought) {

    /** The biggest first. */
    public static List<Kept> in(Cache cache) {
        if (!Files.isDirectory(cache.root())) {
            return List.of();
        }
        List<Kept> all = new ArrayList<>();
        try (Stream<Path> folders = Files.list(cache.root())) {
            for (Path folder : folders.toList()) {
                if (String.valueOf(folder.getFileName()).matches("[0-9a-f]{64}")) {
                    all.add(of(folder));
                }
            }
        } catch (IOException e) {
            throw Faults.store(cache.root(), e);
        }
        all.sort(Comparator.comparingLong(Kept::bytes).reversed());
        return all;
    }

    private static Kept of(Path folder) throws IOException {
        String name = "";
        long bytes = 0;
        Instant brought = Instant.EPOCH;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                bytes += Files.size(file);
                Instant at = Files.getLastModifiedTime(file).toInstant();
                brought = at.isAfter(brought) ? at : brought;
                name = name.isEmpty()
                        ? String.valueOf(file.getFileName()).replaceFirst("\\.(part|lock|verified)$", "")
                        : name;
            }
        }
        return new Kept(name, String.valueOf(folder.getFileName()), folder, bytes, brought);
    }

    private Path file() {
        return folder.resolve(name);
    }

    public boolean whole() {
        return Files.isRegularFile(file());
    }

    /**
     * The sum that the file really has, where it is another one: read anew, whatever was noted when it came. It is then no
     * longer trusted, and fetched again when it is next wanted.
     */
    public Optional<String> tampered() {
        try {
            String is = Hash.of(file());
            if (is.equals(sha256)) {
                return Optional.empty();
            }
            Files.deleteIfExists(folder.resolve(name + ".verified"));
            return Optional.of(is);
        } catch (IOException e) {
            throw Faults.store(file(), e);
        }
    }

    public void delete() {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }
            });
            Files.delete(folder);
        } catch (IOException e) {
            throw Faults.store(folder, e);
        }
    }
}
