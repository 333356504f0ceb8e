package homelab.command;

import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.Content;
import homelab.resource.Sh;
import homelab.snapshot.About;
import homelab.snapshot.AgeKey;
import homelab.snapshot.Copy;
import homelab.snapshot.Sealed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A snapshot that was pulled, opened into a file for its owner alone, which is gone when this is closed.
 *
 * @param sealed where it was
 * @param name of the snapshot in it
 * @param open in the clear
 */
record SnapshotFile(String sealed, String name, Path open, String sha256) implements AutoCloseable {

    /** @throws Failure with exit USAGE when it is no such file, or the key does not open it */
    static SnapshotFile open(Io io, String cluster, Path named, Optional<Path> identity) {
        Path file = refuseNone(io, named);
        String name = file.getFileName().toString();
        return open(io, cluster, file, file.toString(), name.substring(0, name.length() - Copy.END.length()), identity);
    }

    /** The same of a copy that was brought here. @param brought what of it is here; it may go after */
    static SnapshotFile open(Io io, String cluster, Path brought, Copy copy, Optional<Path> identity) {
        return open(io, cluster, brought, copy.path(), copy.name(), identity);
    }

    /** @param shown how it is named to people */
    private static SnapshotFile open(
            Io io, String cluster, Path file, String shown, String name, Optional<Path> identity) {
        AgeKey key = identity.map(path -> new SnapshotKey(io.folder().resolve(path)))
                .orElseGet(() -> SnapshotKey.of(io, cluster))
                .read();
        Path open = empty(io, file);
        try {
            return new SnapshotFile(shown, name, open, opened(file, key, open));
        } catch (IOException e) {
            open.toFile().delete();
            throw cannotOpen(shown, e);
        }
    }

    /** Before any host is reached. @throws Failure with exit USAGE when it cannot be one that was pulled */
    static Path refuseNone(Io io, Path named) {
        Path file = io.folder().resolve(named);
        boolean readable = Files.isReadable(file) && Files.isRegularFile(file);
        if (!readable || !file.getFileName().toString().endsWith(Copy.END)) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            file + " is no snapshot that was pulled",
                            readable
                                    ? "its name does not end with " + Copy.END
                                    : "there is no such file that can be read",
                            "homelab snapshot pull makes one"));
        }
        return file;
    }

    /** In memory where the system has a folder for that, since what is in it must not outlive a run that is killed. */
    static Path empty(Io io, Path file) {
        Optional<Path> ofTheSession = io.env("XDG_RUNTIME_DIR")
                .map(Path::of)
                .filter(Files::isDirectory)
                .filter(Files::isWritable);
        try {
            Path open = Scratch.in(ofTheSession.orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"))))
                    .file();
            open.toFile().deleteOnExit();
            return open;
        } catch (IOException e) {
            throw cannotOpen(file.toString(), e);
        }
    }

    /** @return SHA-256 of what was in it */
    private static String opened(Path file, AgeKey key, Path open) throws IOException {
        MessageDigest digest = Content.digest();
        try (InputStream sealed = Files.newInputStream(file);
                InputStream clear = Sealed.open(sealed, key.identity());
                OutputStream out = new DigestOutputStream(Files.newOutputStream(open), digest)) {
            clear.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Failure cannotOpen(String file, IOException e) {
        return new Failure(
                Exit.USAGE,
                Problem.of(
                        file + " cannot be opened",
                        "it was sealed for another key, or changed since (" + e.getMessage() + ")",
                        "name the file of the key that it was sealed for with --identity; or take another copy"),
                e);
    }

    /** What was written down with it. @param here this machine, whose tar unpacks it */
    About about(Host here) {
        Output output = here.run(Script.user(
                "read about a snapshot", "tar -xOf " + Sh.quote(open.toString()) + " ./about", Duration.ofSeconds(30)));
        if (!output.ok()) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            sealed + " holds no snapshot", output.errors().strip(), "homelab snapshot pull makes one"));
        }
        return About.parse(output.text().lines().toList());
    }

    @Override
    public void close() {
        open.toFile().delete();
    }
}
