package homelab.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system in memory that is soon full. Only root can have one. */
public record SmallDisk(Path folder) implements AutoCloseable {

    public static SmallDisk at(Path folder, String size) {
        boolean mounted = ended("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()) == 0;
        assumeTrue(mounted, "a file system can be mounted, which takes root");
        return new SmallDisk(folder);
    }

    /** Room is made. */
    public void grow(String size) {
        assertThat(ended("mount", "-o", "remount,size=" + size, folder.toString()))
                .isZero();
    }

    @Override
    public void close() {
        assertThat(ended("umount", folder.toString())).isZero();
    }

    private static int ended(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
