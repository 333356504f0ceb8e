package homelab.command;

import homelab.kubeconfig.AtomicFile;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file of the user's that is read or written whole. */
final class KeptFile {
    private KeptFile() {}

    /**
     * @param made how such a file is made, to be typed
     * @throws Failure with exit USAGE when it cannot be read
     */
    static String text(Path file, String made) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Failure(Exit.USAGE, Problem.of(file + " cannot be read", why(e), "make one: " + made), e);
        }
    }

    /**
     * Before any work is done for what is to be written into it.
     *
     * @throws Failure with exit USAGE when there is no folder that can be written, or it is a folder itself
     */
    static void refuseUnwritable(Path file) {
        Path folder = file.toAbsolutePath().resolveSibling("");
        String why = !Files.isDirectory(folder)
                ? "there is no folder " + folder
                : Files.isDirectory(file)
                        ? "it is a folder"
                        : Files.isWritable(folder) ? "" : "the folder " + folder + " may not be written";
        if (!why.isEmpty()) {
            throw new Failure(
                    Exit.USAGE, Problem.of(file + " cannot be written", why, "name a file in a folder that is yours"));
        }
    }

    /** Whole or not at all, for its owner alone. @throws Failure with exit FAILED */
    static void write(Path file, String text) {
        write(file, text, "rw-------");
    }

    /** The same for everybody to read. */
    static void publish(Path file, String text) {
        write(file, text, "rw-r--r--");
    }

    /** In place of what was in it, for whom it was before. */
    static void rewrite(Path file, String text) {
        String mode;
        try {
            mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            mode = "rw-------"; // to write it will tell why
        }
        write(file, text, mode);
    }

    private static void write(Path file, String text, String mode) {
        try {
            AtomicFile.write(AtomicFile.behindLinks(file), text.getBytes(StandardCharsets.UTF_8), mode);
        } catch (IOException e) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(file + " cannot be written", why(e), "name a file in a folder that is yours"),
                    e);
        }
    }

    private static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return e instanceof AccessDeniedException
                ? "it may not be read or written by you"
                : String.valueOf(e.getMessage());
    }
}
