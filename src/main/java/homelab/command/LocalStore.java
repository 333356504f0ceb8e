package homelab.command;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.Content;
import homelab.snapshot.Copy;
import homelab.snapshot.CopyNote;
import homelab.snapshot.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sealed copies in a folder of this machine. */
record LocalStore(Place.Here place) implements CopyStore {

    @Override
    public List<Copy> copies() {
        if (!Files.isDirectory(place.folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place.folder())) {
            return files.filter(LocalStore::isCopy).sorted().map(this::copy).toList();
        } catch (IOException | UncheckedIOException e) {
            throw failed("read", e);
        }
    }

    private static boolean isCopy(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(Copy.END) && !name.startsWith(".");
    }

    private Copy copy(Path file) {
        String name = file.getFileName().toString();
        try {
            return Copy.of(
                    name.substring(0, name.length() - Copy.END.length()),
                    place,
                    Files.size(file),
                    Files.getLastModifiedTime(file).toInstant(),
                    note(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<CopyNote> note(Path file) throws IOException {
        try {
            return CopyNote.parse(Files.readString(beside(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + CopyNote.END);
    }

    private Path file(String name) {
        return place.folder().resolve(name + Copy.END);
    }

    @Override
    public boolean isIntact(Copy copy) {
        try {
            String sum = sum(file(copy.name()));
            return copy.note().filter(note -> note.sha256().equals(sum)).isPresent();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** @return SHA-256 of a file here */
    static String sum(Path file) throws IOException {
        MessageDigest digest = Content.digest();
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void refuseWithoutRoom(String name, long bytes) {
        try {
            Files.createDirectories(place.folder());
            CopyStore.refuseWithoutRoom(
                    place, name, bytes, Files.getFileStore(place.folder()).getUsableSpace());
        } catch (IOException e) {
            throw failed("written", e);
        }
    }

    /** The note goes first and comes last: what has one was written to its end. */
    @Override
    public void put(Path sealed, String name, CopyNote note) {
        Path file = file(name);
        try (Scratch part = Scratch.in(place.folder())) {
            Files.copy(sealed, part.file(), StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel written = FileChannel.open(part.file(), StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.deleteIfExists(beside(file));
            Files.move(part.file(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed("written", e);
        }
        KeptFile.write(beside(file), note.file(name + Copy.END));
    }

    @Override
    public void get(Copy copy, Path into) {
        try {
            Files.copy(file(copy.name()), into, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    @Override
    public void delete(Copy copy) {
        try {
            Files.deleteIfExists(file(copy.name()));
            Files.deleteIfExists(beside(file(copy.name())));
        } catch (IOException e) {
            throw failed("deleted", e);
        }
    }

    private Failure failed(String deed, Exception e) {
        return new Failure(
                Exit.FAILED,
                Problem.of(
                        "what is in " + place + " could not be " + deed,
                        String.valueOf(e.getMessage()),
                        "name another folder with --to or --from"),
                e);
    }
}
