package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelArgsTest {
    private static final KernelArgs ARGS = KernelArgs.ofPi();
    private static final String FILE = "file=/boot/firmware/cmdline.txt\n";
    private static final String PI =
            "console=serial0,115200 console=tty1 root=PARTUUID=fb33757d-02 rootfstype=ext4 fsck.repair=yes rootwait";
    private static final String ON = " cgroup_memory=1 cgroup_enable=memory";
    private final LocalSh sh = new LocalSh();

    @TempDir
    Path root;

    private static Status when(String out) {
        return ARGS.status(LocalSh.answering(ARGS, "kernel arguments", out));
    }

    private static Status rebootWhen(String out) {
        return new RebootPending(ARGS).status(LocalSh.answering(ARGS, "kernel arguments", out));
    }

    @Test
    void nothingIsWrittenWhereTheControllerIsInEffect() {
        String out = "effect=yes\nrunning=" + PI + "\n" + FILE + "boot=" + PI + "\n";
        assertThat(when(out)).isEqualTo(Status.SAME);
        assertThat(rebootWhen(out)).isEqualTo(Status.SAME);
    }

    @Test
    void bothArgumentsAreWrittenAndTheRebootWaitsForThem() {
        String out = "running=" + PI + "\n" + FILE + "boot=" + PI + "\n";
        assertThat(when(out))
                .isEqualTo(new Status.Drift(
                        List.of(
                                new Change("/boot/firmware/cmdline.txt", "absent", "cgroup_memory=1"),
                                new Change("/boot/firmware/cmdline.txt", "absent", "cgroup_enable=memory")),
                        Worst.CHANGE));
        assertThat(rebootWhen(out))
                .isEqualTo(new Status.Waits("the kernel arguments are in /boot/firmware/cmdline.txt", Worst.REBOOT));
    }

    @Test
    void aRebootIsPendingOnceTheyAreInTheFile() {
        String out = "running=" + PI + "\n" + FILE + "boot=" + PI + ON + "\n";
        assertThat(when(out)).isEqualTo(Status.SAME);
        assertThat(rebootWhen(out)).isEqualTo(Status.drift(Worst.REBOOT, "memory cgroup", "off", "on, after a reboot"));
    }

    @Test
    void aHostThatWasBootedInVainIsNotBootedAgain() {
        assertThat(rebootWhen("running=" + PI + ON + "\n" + FILE + "boot=" + PI + ON + "\n"))
                .isInstanceOf(Status.Unknown.class);
    }

    @Test
    void aHostWithoutSuchAFileIsNotThisResources() {
        assertThat(when("running=" + PI + "\n")).isInstanceOf(Status.NotHere.class);
        assertThat(rebootWhen("running=" + PI + "\n")).isInstanceOf(Status.NotHere.class);
    }

    @Test
    void goOntoTheOneLineOnceAndTheOldFileStaysBeside() throws IOException {
        Path file = Files.writeString(root.resolve("cmdline.txt"), PI + " cgroup_enable=memory \r\nsecond\n");
        KernelArgs scratch = new KernelArgs(List.of(root.resolve("absent").toString(), file.toString()));
        assertThat(sh.apply(scratch)).isEqualTo(new LocalSh.Ran(0, ""));
        String once = PI + " cgroup_enable=memory cgroup_memory=1\nsecond\n";
        assertThat(Files.readString(file)).isEqualTo(once);
        sh.apply(scratch);
        assertThat(Files.readString(file)).isEqualTo(once);
        assertThat(root.resolve("cmdline.txt.before-homelab")).content().startsWith(PI + " cgroup_enable=memory \r\n");
        assertThat(sh.readings(scratch.probes())
                        .of(scratch.look())
                        .known()
                        .orElseThrow()
                        .saved())
                .isTrue();
    }

    @Test
    void anEmptyFirstLineIsNotMended() throws IOException {
        Path file = Files.writeString(root.resolve("cmdline.txt"), "\n" + PI + "\n");
        assertThat(sh.apply(new KernelArgs(List.of(file.toString()))).exit()).isNotZero();
        assertThat(Files.readString(file)).isEqualTo("\n" + PI + "\n");
    }
}
