package homelab.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the {@code decide} that lands on hosts over many files of evidence with one shell. */
final class Shells {
    private static final Path DECIDE =
            Path.of("templates/usr/local/lib/homelab/decide").toAbsolutePath();

    private Shells() {}

    /**
     * What it says of each, in their order.
     *
     * @param awk the command, "mawk" or "busybox awk"
     * @param wish its variables: {@code -v completed=1}
     */
    static List<String> decide(String awk, String wish, List<String> evidence, Path folder) {
        try {
            for (int i = 0; i < evidence.size(); i++) {
                Files.writeString(folder.resolve(i + ".in"), evidence.get(i));
            }
            run(
                    "for f in *.in; do " + awk + " " + wish + " -f " + DECIDE
                            + " $f >${f%.in}.out 2>&1 || echo broken >>" + "${f%.in}.out; done",
                    folder);
            List<String> told = new ArrayList<>();
            for (int i = 0; i < evidence.size(); i++) {
                told.add(Files.readString(folder.resolve(i + ".out")));
            }
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String script, Path folder) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the shell ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
