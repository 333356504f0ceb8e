package homelab.kubeconfig;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes a file of the user's so that a reader, or a power cut, finds the old content or the new and nothing between. */
public final class AtomicFile {
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> PRIVATE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private AtomicFile() {}

    /** Makes the folder that the file is to be in. */
    static void makeFolderOf(Path file) throws IOException {
        if (!Files.isDirectory(folder(file))) {
            Files.createDirectories(folder(file), PRIVATE_FOLDER);
        }
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().resolveSibling("");
    }

    /** The file that is meant when the path is a link, so that the link itself stays. */
    public static Path behindLinks(Path path) throws IOException {
        if (Files.exists(path)) {
            return path.toRealPath();
        }
        if (Files.isSymbolicLink(path)) {
            return path.resolveSibling(Files.readSymbolicLink(path));
        }
        return path.toAbsolutePath();
    }

    /** For its owner alone. An owner other than ours is kept: under sudo the file would else be lost to its user. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, content, "rw-------");
    }

    /** @param mode such as {@code rw-r--r--}; it never was another under this name */
    public static void write(Path file, byte[] content, String mode) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".homelab-part");
        Files.deleteIfExists(part); // left by a run that was killed
        try {
            writeSynced(part, content);
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString(mode));
            if (Files.exists(file) && !Files.getOwner(file).equals(Files.getOwner(part))) {
                Files.setOwner(part, Files.getOwner(file));
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(folder(file));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void writeSynced(Path part, byte[] content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PRIVATE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    /** Makes the rename itself durable. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
