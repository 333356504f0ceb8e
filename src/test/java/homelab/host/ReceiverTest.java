package homelab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverTest {
    private static final byte[] BYTES = "0123456789".repeat(1000).getBytes();

    @TempDir
    Path folder;

    @Test
    void putsNothingOfTheNextUploadInPlaceWhenItsOwnRunWasKilled() throws Exception {
        Path held = folder.resolve("held");
        Path go = folder.resolve("go");
        String hold = "sync() { touch " + held + "; until [ -e " + go + " ]; do sleep 0.05; done; }\n";
        Path target = folder.resolve("target");

        Process orphan = receiver(hold + script(target));
        send(orphan, 0, BYTES.length);
        waitFor(held);
        Process next = receiver(script(target));
        send(next, 0, BYTES.length / 2);
        waitForPart(BYTES.length / 2);
        Files.createFile(go);
        assertThat(orphan.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThat(target).doesNotExist();
        send(next, BYTES.length / 2, BYTES.length);
        next.getOutputStream().close();
        assertThat(next.waitFor()).isZero();
        assertThat(target).hasBinaryContent(BYTES);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("held", "go", "target");
    }

    private static String script(Path target) throws Exception {
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BYTES));
        return new Receiver(target.toString(), sum, "0644", BYTES.length)
                .script()
                .text();
    }

    private static Process receiver(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void send(Process process, int from, int to) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write(BYTES, from, to - from);
        out.flush();
        if (from == 0 && to == BYTES.length) {
            out.close();
        }
    }

    private static void waitFor(Path file) throws InterruptedException {
        for (int i = 0; i < 200 && !Files.exists(file); i++) {
            Thread.sleep(50);
        }
        assertThat(file).exists();
    }

    private void waitForPart(long bytes) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < end && partBytes() != bytes) {
            Thread.sleep(50);
        }
        assertThat(partBytes()).isEqualTo(bytes);
    }

    private long partBytes() throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*.part*")) {
            for (Path file : files) {
                return Files.size(file);
            }
        }
        return -1;
    }
}
