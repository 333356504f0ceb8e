package homelab.resource.reset;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.resource.Deed;
import homelab.resource.LocalSh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script against a table of mounts in a scratch folder; {@code umount} is a double, and hangs as a dead server makes it. */
@Timeout(60)
class MountedTest {
    private static final String POD = "/var/lib/kubelet/pods/1/volumes/kubernetes.io~nfs/";

    @TempDir
    Path root;

    private LocalSh sh = new LocalSh();

    @BeforeEach
    void tools() throws IOException {
        tool("timeout", "shift 3; exec " + program("timeout") + " -k 1 1 \"$@\"");
        tool("iscsiadm", "exit 0");
        sh = new LocalSh(Map.of("PATH", root + ":" + System.getenv("PATH")));
    }

    private void tool(String name, String script) throws IOException {
        Path file = Files.writeString(root.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String program(String name) {
        return sh.run("command -v " + name).out().strip();
    }

    /** Every way to the dead share hangs, but for the one without {@code -f}; its line goes, as the kernel's would. */
    private static String umount(String hangs, Path table) {
        return """
                for path; do :; done
                echo "$*" >>%1$s.log
                case "$*" in %2$s) exec sleep 60 ;; esac
                grep -v " $path " %1$s >%1$s.new; mv %1$s.new %1$s
                """.formatted(table, hangs);
    }

    private Path table(String text) throws IOException {
        return Files.writeString(root.resolve("mounts"), text);
    }

    private LocalSh.Ran run(String script) {
        return sh.run(script.replace("/proc/mounts", root + "/mounts")
                .replace("/etc/fstab", root + "/fstab")
                .replace("/run/netns", root + "/netns")
                .replace("/sys/class/iscsi_session", root + "/none"));
    }

    private LocalSh.Ran done() {
        return run(((Deed.Shell) Mounted.gone().deed()).script());
    }

    private String left() {
        return run(Mounted.gone().probe().shell()).out();
    }

    @Test
    void aShareWhoseServerIsDeadHoldsNothingUp() throws IOException {
        Path table =
                table("nas:/media " + POD + "media nfs4 rw 0 0\ntmpfs /var/lib/kubelet/pods/1/secret tmpfs rw 0 0\n"
                        + "proc /proc proc rw 0 0\n");
        tool("umount", umount("*-f*", table));

        assertThat(left()).isEqualTo("mounts below /var/lib/kubelet\t2, with nfs4\n");
        assertThat(done().exit()).isZero();

        assertThat(left()).isEmpty();
        assertThat(Files.readString(table)).isEqualTo("proc /proc proc rw 0 0\n");
        assertThat(Files.readString(root.resolve("mounts.log")))
                .startsWith("-c /var/lib/kubelet/pods/1/secret\n")
                .contains("-c -f -l " + POD + "media\n-c -l " + POD + "media\n");
    }

    @Test
    void whatHangsWhateverIsTriedIsToldAndNotTakenForGone() throws IOException {
        Path table = table("nas:/media " + POD + "media nfs rw 0 0\n");
        tool("umount", umount("*", table));

        assertThat(done().exit()).isZero();

        assertThat(left()).isEqualTo("mounts below /var/lib/kubelet\t1, with nfs\n");
    }

    @Test
    void aDiskOfTheOwnersFstabStaysMounted() throws IOException {
        Path table = table("/dev/sda1 /var/lib/rancher/k3s/storage ext4 rw 0 0\n");
        Files.writeString(root.resolve("fstab"), "/dev/sda1 /var/lib/rancher/k3s/storage ext4 defaults 0 2\n");
        tool("umount", umount("never", table));

        assertThat(left()).isEmpty();
        done();

        assertThat(root.resolve("mounts.log")).doesNotExist();
    }
}
