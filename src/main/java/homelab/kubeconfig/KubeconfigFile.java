package homelab.kubeconfig;

import homelab.problem.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A kubeconfig of the user's.
 *
 * @param path need not exist, nor its folder
 * @param today names the backup
 * @param patience how long another program's lock is waited for
 */
public record KubeconfigFile(Path path, LocalDate today, Duration patience) {
    private static final Duration USUAL = Duration.ofSeconds(5);

    public KubeconfigFile(Path path, LocalDate today) {
        this(path, today, USUAL);
    }

    /** What to do with entries of our names that belong to another cluster. */
    public enum Foreign {
        REFUSE,
        REPLACE
    }

    /**
     * @param changed whether the file was written
     * @param backup what it was before, {@code <file>.bak-<date>}; of several merges on one day the first state is kept
     */
    public record Merged(Path file, boolean changed, Optional<Path> backup) {}

    /**
     * Puts cluster, user and context, all of the context's name, into the file and leaves every other byte of it as it
     * was. The current context is set only where there is none. Written atomically with mode 0600, under kubectl's lock.
     *
     * @throws Failure nothing is changed then; REFUSED when the file cannot be understood or the names
     *     belong to another cluster, LOCKED when another program holds it, FAILED when it cannot be read or written
     */
    public Merged merge(String context, KubeconfigEntry entry, Foreign foreign) {
        try {
            AtomicFile.makeFolderOf(path);
            try (FileLock lock = FileLock.take(path, patience)) {
                return mergeLocked(context, entry, foreign);
            }
        } catch (IOException e) {
            throw Refusals.unwritable(path, e);
        }
    }

    private Merged mergeLocked(String context, KubeconfigEntry entry, Foreign foreign) throws IOException {
        boolean there = Files.exists(path);
        Document before = there ? Document.read(path) : Document.parse(path.toString(), "");
        if (foreign == Foreign.REFUSE) {
            Ownership.require(before, context, entry);
        }
        String text = Edit.of(before, context, entry);
        if (text.equals(before.text())) {
            return new Merged(path, false, Optional.empty());
        }
        prove(before, text, context, entry);
        Path file = AtomicFile.behindLinks(path);
        Optional<Path> backup = there ? Optional.of(backUp(file)) : Optional.empty();
        AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        return new Merged(path, true, backup);
    }

    /**
     * Takes cluster, user and context of that name out and leaves every other byte as it was. Nothing happens when the
     * context is not there or is another cluster's.
     *
     * @throws Failure as {@link #merge}
     */
    public Merged drop(String context, String caSha256) {
        try (FileLock lock = FileLock.take(path, patience)) {
            boolean ours = KubeconfigState.read(path, context)
                    .filter(state -> state.caSha256().equals(caSha256))
                    .isPresent();
            if (!ours) {
                return new Merged(path, false, Optional.empty());
            }
            String text = Removal.of(Document.read(path), context);
            Path file = AtomicFile.behindLinks(path);
            Optional<Path> backup = Optional.of(backUp(file));
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
            return new Merged(path, true, backup);
        } catch (IOException e) {
            throw Refusals.unwritable(path, e);
        }
    }

    private void prove(Document before, String text, String context, KubeconfigEntry entry) {
        try {
            Document after = Document.parse(path.toString(), text);
            if (Proof.holds(before, after, context, entry)) {
                return;
            }
        } catch (Failure e) {
            // Its place is in a text that nobody will see; what the user needs to know is said below.
        }
        throw Refusals.unsafe(path.toString());
    }

    private Path backUp(Path file) throws IOException {
        Path backup = file.resolveSibling(file.getFileName() + ".bak-" + today);
        if (!Files.exists(backup)) {
            AtomicFile.write(backup, Files.readAllBytes(file));
        }
        return backup;
    }
}
