package homelab.resource.harden;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.HardenItem;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.LocalSh;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An item in a scratch folder, with a systemctl that only remembers what is enabled. */
class HardenedTest {
    @TempDir
    private Path root;

    private LocalSh sh;

    @BeforeEach
    void aSystemctlThatRemembers() throws IOException {
        Path systemctl = Files.createDirectories(root.resolve("bin")).resolve("systemctl");
        Files.writeString(systemctl, """
                #!/bin/sh
                case $1 in
                  show) echo Id=x.service; echo ActiveState=active
                    echo "UnitFileState=$(cat %1$s/enabled 2>/dev/null || echo disabled)" ;;
                  enable) echo enabled >%1$s/enabled ;;
                  disable) rm -f %1$s/enabled ;;
                esac
                """.formatted(root));
        Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));
        sh = new LocalSh(Map.of("PATH", root + "/bin:" + System.getenv("PATH")));
    }

    private Measure measure() {
        return new Measure(
                HardenItem.BOOTS,
                List.of(
                        new Part.Text(root + "/etc/x.conf", "a\nb\n", "0644"),
                        new Part.Unit("x.service", true),
                        new Part.Live("setting", "cat " + root + "/live 2>/dev/null", "1")),
                "cat " + root + "/unless 2>/dev/null",
                "echo 1 >" + root + "/live",
                "echo 0 >" + root + "/live",
                List.of(root + "/trace"));
    }

    private Resource hardened() {
        return Hardened.all(List.of(measure())).get(0);
    }

    private Resource unhardened() {
        return Unhardened.all(List.of(measure())).get(0);
    }

    private void does(Resource resource) {
        LocalSh.Ran ran = sh.run(((Deed.Shell) resource.deed()).script());
        assertThat(ran.exit()).as(ran.out()).isZero();
    }

    @Test
    void isMadeOnceAndThenSame() {
        assertThat(sh.status(hardened()))
                .isEqualTo(new Status.Drift(
                        List.of(
                                new Change(root + "/etc/x.conf", "absent", "file, 0644 root:root"),
                                new Change("unit x.service at boot", "off", "on"),
                                new Change("setting", "unset", "1")),
                        Worst.CREATE));

        does(hardened());

        assertThat(sh.status(hardened())).isEqualTo(Status.SAME);
    }

    @Test
    void seesEachHandEdit() throws IOException {
        does(hardened());
        Files.writeString(root.resolve("etc/x.conf"), "a\n");
        Files.writeString(root.resolve("live"), "0\n");

        assertThat(sh.status(hardened()))
                .isEqualTo(new Status.Drift(
                        List.of(
                                new Change(root + "/etc/x.conf", "other text", "homelab's"),
                                new Change("setting", "0", "1")),
                        Worst.CHANGE));

        does(hardened());
        Files.setPosixFilePermissions(root.resolve("etc/x.conf"), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(sh.status(hardened()))
                .isEqualTo(new Status.Drift(
                        List.of(new Change(root + "/etc/x.conf", "666 root:root", "644 root:root")), Worst.CHANGE));
    }

    @Test
    void takesUpWhatARunLeftThatDiedBeforeItWasInEffect() throws IOException {
        does(hardened());
        Path mark = Path.of(measure().untold());
        Files.createDirectories(mark.getParent());
        Files.writeString(mark, "");

        assertThat(sh.status(hardened()))
                .isEqualTo(new Status.Drift(List.of(new Change("harden boots", "written", "in effect")), Worst.CHANGE));

        does(hardened());
        assertThat(mark).doesNotExist();
    }

    @Test
    void isNotForAHostThatSaysWhy() throws IOException {
        Files.writeString(root.resolve("unless"), "there is no such thing here\n");

        assertThat(sh.status(hardened())).isEqualTo(new Status.NotHere("there is no such thing here"));
    }

    @Test
    void isUndoneWithWhatItKept() throws IOException {
        does(hardened());
        Files.writeString(root.resolve("trace"), "");

        assertThat(sh.status(unhardened()))
                .isEqualTo(new Status.Drift(
                        List.of(
                                new Change(root + "/etc/x.conf", "there", "absent"),
                                new Change(root + "/trace", "there", "absent")),
                        Worst.DELETE));

        does(unhardened());

        assertThat(sh.status(unhardened())).isEqualTo(Status.SAME);
        assertThat(root.resolve("enabled")).doesNotExist();
        assertThat(root.resolve("live")).hasContent("0");
    }
}
