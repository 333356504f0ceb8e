package homelab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Writes that a host said were on its disk, as somebody elsewhere heard it: what was heard before a power cut must be
 * there after it.
 */
final class Acknowledged {
    private static final String WRITE = """
            rm -rf /var/tmp/written; mkdir /var/tmp/written; sync
            for i in $(seq 1 100000); do
              echo "$i" | dd of=/var/tmp/written/$i conv=fsync status=none && sync /var/tmp/written && echo $i
            done""";

    /** The folder is there in any case, so an answer is a count and never an error. */
    private static final String COUNT = """
            lost=0
            for i in $(seq 1 %d); do [ "$(cat /var/tmp/written/$i 2>/dev/null)" = $i ] || lost=$((lost + 1)); done
            echo $lost""";

    private final Lab lab;
    private final String node;
    private final Process process;
    private final Path heard;

    private Acknowledged(Lab lab, String node, Process process, Path heard) {
        this.lab = lab;
        this.node = node;
        this.process = process;
        this.heard = heard;
    }

    static Acknowledged begun(Lab lab, String node) {
        return of(lab, node, WRITE);
    }

    /** Any script that goes on while nobody waits for it. */
    static Acknowledged of(Lab lab, String node, String script) {
        try {
            Path heard = Files.createTempFile("story", ".heard");
            Process process = new ProcessBuilder(lab.onto(node, script))
                    .redirectInput(new java.io.File("/dev/null"))
                    .redirectOutput(heard.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Acknowledged(lab, node, process, heard);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** How many were heard of in full. */
    int count() {
        try {
            return (int) Files.readString(heard).chars().filter(c -> c == '\n').count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many of them are not on the host, or are not what was written. */
    int lost() {
        return Integer.parseInt(
                lab.tried(Duration.ofMinutes(5), node, COUNT.formatted(count())).ok());
    }
}
