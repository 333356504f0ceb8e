package homelab.artifact;

import homelab.artifact.Release.Artifact;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The place of one artefact in the cache: the file, its half-downloaded {@code .part}, and a {@code .verified} note
 * that spares hashing a hundred megabytes on every run.
 */
record Shelf(Artifact artifact) {

    Path folder() {
        return artifact.cached().toAbsolutePath().resolveSibling("");
    }

    Path part() {
        return beside(".part");
    }

    Path lock() {
        return beside(".lock");
    }

    private Path beside(String suffix) {
        return artifact.cached().resolveSibling(artifact.name() + suffix);
    }

    /** Whether the verified file is there. A file with another content is taken away. */
    boolean holds() throws IOException {
        if (!Files.isRegularFile(artifact.cached())) {
            return false;
        }
        if (noted().equals(seen())) {
            return true;
        }
        if (!Hash.of(artifact.cached()).equals(artifact.sha256())) {
            Files.delete(artifact.cached());
            return false;
        }
        note();
        return true;
    }

    /** Puts the verified part in its place, safe from a power cut. */
    void keep() throws IOException {
        try (FileChannel channel = FileChannel.open(part(), StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part(), artifact.cached(), StandardCopyOption.ATOMIC_MOVE);
        note();
    }

    private String noted() throws IOException {
        return Files.exists(beside(".verified")) ? Files.readString(beside(".verified")) : "";
    }

    private String seen() throws IOException {
        return Files.size(artifact.cached()) + " " + Files.getLastModifiedTime(artifact.cached());
    }

    private void note() throws IOException {
        Files.writeString(beside(".verified"), seen());
    }
}
