package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceConfigTest {
    private final LocalSh sh = new LocalSh();

    @TempDir
    Path root;

    @BeforeEach
    void needsItsPlaceInRun() {
        Assumptions.assumeTrue(
                Files.isWritable(Path.of("/run")), "what a service was not told is kept in /run, which needs root");
    }

    @AfterEach
    void leavesNothingInRun() {
        sh.run("rm -f /run/homelab/untold" + root.toString().replace('/', '_') + "*; rmdir /run/homelab");
    }

    private ServiceConfig config(String text, String tell) {
        return new ServiceConfig(LocalSh.mine(root.resolve("x.conf"), text), "xd", tell);
    }

    @Test
    void tellsTheServiceOnceTheFileIsThere() {
        ServiceConfig config = config("a\n", "cp " + root + "/x.conf " + root + "/told");
        assertThat(sh.apply(config).exit()).isZero();
        assertThat(root.resolve("told")).hasContent("a");
        assertThat(sh.status(config)).isEqualTo(Status.SAME);
    }

    @Test
    void remembersAServiceThatWasNotToldAndTellsItNextTime() {
        assertThat(sh.apply(config("a\n", "kill -9 $$")).exit()).isNotZero();
        ServiceConfig config = config("a\n", "touch " + root + "/told");
        assertThat(sh.status(config))
                .isEqualTo(Status.drift(
                        Worst.RESTART, "xd", "runs with the file as it was", "runs with the file as it is"));
        sh.apply(config);
        assertThat(root.resolve("told")).exists();
        assertThat(sh.status(config)).isEqualTo(Status.SAME);
    }
}
