package homelab.resource.reset;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.resource.Change;
import homelab.resource.LocalSh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Look, do, look, in a scratch folder. */
class LeftOversTest {
    @TempDir
    private Path root;

    private final LocalSh sh = new LocalSh();

    private Path file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void becomesNothing(Gone gone) {
        LocalSh.Ran ran = sh.apply(gone);
        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(sh.status(gone)).isEqualTo(Status.SAME);
    }

    @Test
    void foldersGoWithAllTheyHoldAndParentsOnlyWhenTheyAreEmpty() throws IOException {
        file("data/k3s/it's a file", "x");
        Path others = file("etc/rancher/rke2.yaml", "mine");
        file("etc/rancher/k3s/config.yaml", "x");
        Gone gone = Paths.gone(
                "files",
                List.of(root + "/data/k3s", root + "/etc/rancher/k3s", root + "/absent"),
                List.of(root + "/data", root + "/etc/rancher"),
                "");

        assertThat(sh.status(gone))
                .isEqualTo(new Status.Drift(
                        List.of(
                                new Change(root + "/data/k3s", "there", "absent"),
                                new Change(root + "/etc/rancher/k3s", "there", "absent")),
                        Worst.DELETE));
        becomesNothing(gone);
        assertThat(root.resolve("data")).doesNotExist();
        assertThat(others).hasContent("mine");
    }

    @Test
    void aLinkGoesAndWhatItLeadsToStays() throws IOException {
        Path mine = file("mine/precious", "x");
        Path link = Files.createSymbolicLink(root.resolve("link"), mine.getParent());

        becomesNothing(Paths.gone("files", List.of(link.toString()), List.of(), ""));

        assertThat(link).doesNotExist();
        assertThat(mine).exists();
    }

    @Test
    void aKubectlOfSomebodyElseStays() throws IOException {
        Path other = Files.createSymbolicLink(root.resolve("kubectl"), Path.of("/opt/kubectl"));
        Path ours = Files.createSymbolicLink(root.resolve("crictl"), Path.of("k3s"));
        Gone gone = Paths.links(root.toString(), List.of("kubectl", "crictl", "ctr"), "k3s");

        assertThat(sh.status(gone)).isEqualTo(Status.drift(Worst.DELETE, ours.toString(), "a link to k3s", "absent"));
        becomesNothing(gone);
        assertThat(Files.isSymbolicLink(other)).isTrue();
        assertThat(Files.isSymbolicLink(ours)).isFalse();
    }

    @Test
    void aFolderWithFoldersInItIsEmptyAndOneWithAFileIsNot() throws IOException {
        Files.createDirectories(root.resolve("a/b/c"));
        Path used = file("d/e/f", "x");
        file("run/containerd/state.json", "x");
        Gone gone =
                Paths.unowned(List.of(root + "/a", root + "/d"), List.of(root + "/run/containerd"), "no such program");

        becomesNothing(gone);
        assertThat(root.resolve("a")).doesNotExist();
        assertThat(root.resolve("run/containerd")).doesNotExist();
        assertThat(used).exists();
    }

    @Test
    void whatAProgramThatRunsMayOwnStays() throws IOException {
        Path state = file("run/containerd/state.json", "x");
        String running = Files.readString(Path.of("/proc/self/comm")).strip();
        Gone gone = Paths.unowned(List.of(), List.of(root + "/run/containerd"), running);

        assertThat(sh.status(gone)).isEqualTo(Status.SAME);
        assertThat(state).exists();
    }

    @Test
    void theLinesOfTheOwnerStayByteForByte() throws IOException {
        Path hosts =
                file("hosts", "127.0.0.1 x\r\n# homelab: begin nodes\n10.0.1.10 jarvis\n# homelab: end nodes\n::1 y");
        Gone gone = HostsBlock.gone(hosts.toString(), "nodes");

        becomesNothing(gone);

        assertThat(Files.readString(hosts)).isEqualTo("127.0.0.1 x\r\n::1 y");
    }

    @Test
    void aBlockWithoutItsEndIsLeftToAPerson() throws IOException {
        Path hosts = file("hosts", "# homelab: begin nodes\n10.0.1.10 jarvis\n10.0.1.5 mine\n");
        Gone gone = HostsBlock.gone(hosts.toString(), "nodes");

        assertThat(sh.apply(gone).out()).contains("mend them by hand");
        assertThat(hosts).content().contains("mine");
    }

    @Test
    void ofTheKernelsCommandLineOnlyOurWordsGo() throws IOException {
        Path cmdline =
                file("cmdline.txt", "console=tty1 fsck.repair=yes quiet cgroup_memory=1 cgroup_enable=memory mine\n");
        file("cmdline.txt.before-homelab", "console=tty1 fsck.repair=yes\n");

        becomesNothing(BootWords.gone(List.of(cmdline.toString())));

        assertThat(cmdline).hasContent("console=tty1 fsck.repair=yes quiet mine");
        assertThat(root.resolve("cmdline.txt.before-homelab")).doesNotExist();
    }

    @Test
    void whatCannotBeListedIsNotTakenForGone() {
        Gone gone = Gone.of("things", "exit 3", "absent", "", java.time.Duration.ofSeconds(1));

        assertThat(sh.status(gone)).isInstanceOf(Status.Unknown.class);
    }
}
