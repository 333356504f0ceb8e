package homelab.command;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that must not be there yet: what somebody wrote is never written over. */
record NewFile(Path path) {

    /** @throws Failure with exit REFUSED when it is there */
    void refuseExisting() {
        if (Files.exists(path)) {
            throw there();
        }
    }

    void write(String text) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(path, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw there();
        } catch (IOException e) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of("the inventory could not be written", String.valueOf(e), "name another file"),
                    e);
        }
    }

    private Failure there() {
        return new Failure(
                Exit.REFUSED,
                Problem.of("nothing was written", path + " is there already", "name another file with -i"));
    }
}
