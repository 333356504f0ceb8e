package homelab.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of this run alone, readable for its owner alone, gone when this is closed. A run that is killed leaves its own
 * behind; the next one that makes one in the same folder takes it away.
 */
record Scratch(Path file) implements AutoCloseable {
    private static final String BEGIN = ".homelab-snapshot-";

    static Scratch in(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, BEGIN + "*")) {
            for (Path one : left) {
                if (isDead(one.getFileName().toString())) {
                    one.toFile().delete(); // another user's stays
                }
            }
        }
        String own = BEGIN + ProcessHandle.current().pid() + "-";
        return new Scratch(Files.createTempFile(folder, own, ""));
    }

    private static boolean isDead(String name) {
        String pid = name.substring(BEGIN.length()).split("-", 2)[0];
        return pid.matches("\\d{1,9}")
                && ProcessHandle.of(Long.parseLong(pid))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
    }

    @Override
    public void close() {
        file.toFile().delete();
    }
}
