package homelab.phase.harden;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.HardenItem;
import homelab.resource.harden.Measure;
import homelab.resource.harden.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a scratch /etc/fstab and /proc/mounts; systemctl, umount and mount are doubles that write down what they were told. */
class NfsTest {
    private static final String OTHERS = """
            # 10.0.1.9:/old /mnt/old nfs defaults 0 0
            PARTUUID=4e639091-02  /               ext4    defaults,noatime  0       1
            nas:/b\t/mnt/b\tnfs4\tsoft,x-systemd.automount\t0\t0
            """;
    private static final String HARD = "10.0.1.9:/data  /mnt/my\\040nas  nfs4  rw,hard,vers=4.2  0  0\n";
    private static final Measure NFS = Nfs.of(HardenItem.NFS);

    @TempDir
    Path root;

    private HostDouble host;

    @BeforeEach
    void aHostWithAHardMount() throws IOException {
        host = new HostDouble(root);
        host.keep("etc/fstab", OTHERS + HARD + "nas:/c /mnt/c nfs\n");
        host.keep("proc/mounts", "10.0.1.9:/data /mnt/my\\040nas nfs4 rw,vers=4.2,hard,proto=tcp 0 0\n");
        String told = "echo \"${0##*/} $*\" >>" + root + "/told";
        host.program("systemctl", told + "; [ \"$1\" != is-active ]").program("mount", told);
        host.program("umount", told + "; sed -i '/nas/d' " + root + "/proc/mounts");
        host.keep("autofs", "");
        host.program("systemd-escape", "for last; do :; done; echo \"$last.automount\"");
    }

    private String sh(String script) throws IOException, InterruptedException {
        String here = script.replace("/etc/fstab", root + "/etc/fstab")
                .replace("/proc/mounts", root + "/proc/mounts")
                .replace("/dev/autofs", root + "/autofs")
                .replace("/var/lib/homelab", root + "/var");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", here).redirectErrorStream(true);
        builder.environment().put("PATH", root + "/bin:" + System.getenv("PATH"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + " " + said.strip();
    }

    private String value(int part) throws IOException, InterruptedException {
        return sh(((Part.Live) NFS.parts().get(part)).shell());
    }

    @Test
    void seesWhatIsHardInTheTableAndWhatIsMountedSo() throws Exception {
        assertThat(value(0)).isEqualTo("0 hard, or waited for at boot: /mnt/my\\040nas /mnt/c");
        assertThat(value(1)).isEqualTo("0 hard: /mnt/my\\040nas");
        assertThat(sh(NFS.unless())).isEqualTo("0 ");
    }

    @Test
    void softensItsOptionsAloneAndMountsWhenTouched() throws Exception {
        String more =
                "timeo=330,retrans=3,nofail,x-systemd.mount-timeout=30,x-systemd.idle-timeout=600,x-systemd.automount";
        assertThat(sh("set -eu\n" + NFS.apply())).isEqualTo("0 ");

        assertThat(host.text("etc/fstab"))
                .isEqualTo(OTHERS + "10.0.1.9:/data  /mnt/my\\040nas  nfs4  rw,vers=4.2,soft," + more + "  0  0\n"
                        + "nas:/c /mnt/c nfs soft," + more + "\n");
        assertThat(value(0)).isEqualTo("0 soft");
        assertThat(value(1)).isEqualTo("0 soft");
        assertThat(host.text("told"))
                .contains("umount /mnt/my nas\n", "systemctl start /mnt/c.automount\n")
                .doesNotContain("umount /mnt/c");
    }

    @Test
    void unmountsWhatIsHardThoughItsLineIsRightByNow() throws Exception {
        host.keep("etc/fstab", HARD.replace("hard", "soft,x-systemd.automount"));
        assertThat(value(0)).isEqualTo("0 soft");
        assertThat(value(1)).isEqualTo("0 hard: /mnt/my\\040nas");

        assertThat(sh("set -eu\n" + NFS.apply())).isEqualTo("0 ");
        assertThat(value(1)).isEqualTo("0 soft");
        assertThat(host.text("told")).contains("umount /mnt/my nas\n", "systemctl start /mnt/my nas.automount\n");
    }

    @Test
    void leavesAloneWhatIsMountedSoftWhenTouched() throws Exception {
        host.program("systemctl", "echo \"$*\" >>" + root + "/told");
        host.keep("etc/fstab", OTHERS);
        host.keep("proc/mounts", "nas:/b /mnt/b nfs4 rw,soft 0 0\n");

        assertThat(sh("set -eu\n" + NFS.apply())).isEqualTo("0 ");
        assertThat(host.text("told")).contains("is-active /mnt/b.automount").doesNotContain("umount", "start");
    }

    @Test
    void saysWhatIsInUseAndStaysHardUntilItIsNot() throws Exception {
        host.program("umount", "echo target is busy >&2; exit 32");

        assertThat(sh("set -eu\n" + NFS.apply())).startsWith("1 ").contains("hard until it is not: /mnt/my nas.");
        assertThat(value(0)).isEqualTo("0 soft");
        assertThat(value(1)).isEqualTo("0 hard: /mnt/my\\040nas");
    }

    @Test
    void givesEachLineBackThatNobodyHasChangedSince() throws Exception {
        String before = host.text("etc/fstab");
        sh("set -eu\n" + NFS.apply());
        assertThat(sh("set -eu\n" + NFS.undo())).isEqualTo("0 ");
        assertThat(host.text("etc/fstab")).isEqualTo(before);

        sh("set -eu\n" + NFS.apply());
        Path table = root.resolve("etc/fstab");
        Files.writeString(table, host.text("etc/fstab").replace("vers=4.2", "vers=4.1"));
        sh("set -eu\n" + NFS.undo());
        assertThat(host.text("etc/fstab")).contains("vers=4.1,soft", "nas:/c /mnt/c nfs\n");
    }

    @Test
    void isNotForAHostWithoutNfsNorForVolumesOfPods() throws Exception {
        host.keep("etc/fstab", "# nothing\n");
        assertThat(sh(NFS.unless())).contains("soft among the volume's mountOptions");
        host.keep("proc/mounts", "");
        assertThat(sh(NFS.unless())).isEqualTo("0 it mounts no NFS");
        Files.delete(root.resolve("autofs"));
        host.keep("etc/fstab", HARD);
        assertThat(sh(NFS.unless())).startsWith("0 its kernel mounts nothing when touched");
    }
}
