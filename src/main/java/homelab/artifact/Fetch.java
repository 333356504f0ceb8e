package homelab.artifact;

import homelab.artifact.Release.Artifact;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Brings release files into the cache, verified. */
public final class Fetch {
    private final Download download;
    private final Registry registry;

    public Fetch() {
        this(Patience.USUAL);
    }

    public Fetch(Patience patience) {
        this(patience, Logins.NONE);
    }

    /** @param logins what opens the registries of charts */
    public Fetch(Patience patience, Logins logins) {
        this.download = new Download(patience);
        this.registry = new Registry(patience, logins);
    }

    /**
     * The verified file in the cache, downloaded unless it is there; a file of this machine is copied. Another process that fetches the same file is
     * waited for. Not to be called for one artefact by two threads at once.
     *
     * @throws homelab.problem.Failure when the mirror is down, slow or wrong, or the cache cannot be written
     */
    public Path fetch(Artifact artifact, URI uri, Progress progress) {
        Shelf shelf = new Shelf(artifact);
        try {
            if (!shelf.holds()) {
                Files.createDirectories(shelf.folder());
                fetchAlone(shelf, source(artifact, uri), progress);
            }
            return artifact.cached();
        } catch (IOException e) {
            throw Faults.store(artifact.cached(), e);
        }
    }

    private Source source(Artifact artifact, URI uri) {
        return Registry.has(uri) ? registry.blob(uri, artifact.sha256()) : Source.open(Charts.locate(uri, this));
    }

    /** Charts of registries. */
    Registry registry() {
        return registry;
    }

    /** A small file as text; kept nowhere. */
    String text(URI uri) {
        try {
            if ("file".equals(uri.getScheme())) {
                return Files.readString(Path.of(uri));
            }
            Path temporary = Files.createTempFile("homelab", ".txt");
            try {
                download.to(temporary, Source.open(uri), Progress.NONE);
                // Whoever wants it tells what is wrong with it: the page of a portal is seldom UTF-8.
                return new String(Files.readAllBytes(temporary), StandardCharsets.UTF_8);
            } finally {
                Files.delete(temporary);
            }
        } catch (IOException e) {
            throw Faults.store(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), e);
        }
    }

    private void fetchAlone(Shelf shelf, Source source, Progress progress) throws IOException {
        try (FileChannel lock = FileChannel.open(shelf.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            if (held.isValid() && !shelf.holds()) {
                downloadWhole(shelf, source, progress);
                keep(shelf, source.uri());
            }
        }
    }

    private void downloadWhole(Shelf shelf, Source source, Progress progress) throws IOException {
        if ("file".equals(source.uri().getScheme())) {
            Files.copy(Path.of(source.uri()), shelf.part(), StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        boolean resumed = Files.exists(shelf.part());
        download.to(shelf.part(), source, progress);
        if (resumed && !Hash.of(shelf.part()).equals(shelf.artifact().sha256())) {
            // The beginning came from an earlier run, perhaps of a damaged file: once more, from the start.
            Files.delete(shelf.part());
            download.to(shelf.part(), source, progress);
        }
    }

    private static void keep(Shelf shelf, URI uri) throws IOException {
        String got = Hash.of(shelf.part());
        if (!got.equals(shelf.artifact().sha256())) {
            Files.delete(shelf.part());
            throw Faults.corrupt(uri, shelf.artifact().sha256(), got);
        }
        shelf.keep();
    }
}
