package homelab.command;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file of the user's that is read or written whole. */
final class KeptFile {
    private KeptFile() {}

    /** @throws Failure with exit USAGE when it cannot be read */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Failure(Exit.USAGE, Problem.of(file + " cannot be read", String.valueOf(e), ""), e);
        }
    }

    /** Beside it first, then in its place. @throws Failure with exit FAILED */
    static void write(Path file, String text) {
        try {
            Path beside = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName() + ".", ".part");
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Failure(Exit.FAILED, Problem.of(file + " cannot be written", String.valueOf(e), ""), e);
        }
    }
}
