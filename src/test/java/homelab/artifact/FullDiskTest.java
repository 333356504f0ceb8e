package homelab.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import homelab.fake.SmallDisk;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    private static final String CHART = "0123456789abcdef".repeat(20_000);

    @TempDir
    private Path folder;

    @Test
    void saysThatTheDiskIsFullAndGoesOnWhenThereIsRoom() throws IOException {
        try (Mirror mirror = new Mirror().put("/whoami-1.0.0.tgz", CHART)) {
            fills(URI.create(mirror.base() + "whoami-1.0.0.tgz"));
        }
    }

    @Test
    void saysSoOfAFileOfTheUsersOwnToo() throws IOException {
        fills(Files.writeString(folder.resolve("whoami-1.0.0.tgz"), CHART).toUri());
    }

    private void fills(URI from) throws IOException {
        Path root = Files.createDirectory(folder.resolve("cache"));
        try (SmallDisk disk = SmallDisk.at(root, "128k")) {
            Release.Artifact chart = new Cache(root).artifact("whoami-1.0.0.tgz", sha256());

            Failure full = catchThrowableOfType(Failure.class, () -> new Fetch().fetch(chart, from, Progress.NONE));

            assertThat(full.exit()).isEqualTo(Exit.FAILED);
            assertThat(full.problems().get(0).what()).isEqualTo("the disk of this machine is full");
            assertThat(full.problems().get(0).why()).isEqualTo(chart.cached() + ": No space left on device");
            assertThat(full.problems().get(0).fix()).contains("XDG_CACHE_HOME");
            assertThat(chart.cached()).doesNotExist();
            disk.grow("1m");
            assertThat(new Fetch().fetch(chart, from, Progress.NONE)).hasContent(CHART);
        }
    }

    private String sha256() throws IOException {
        return Hash.of(Files.write(folder.resolve("sum"), CHART.getBytes(StandardCharsets.UTF_8)));
    }
}
