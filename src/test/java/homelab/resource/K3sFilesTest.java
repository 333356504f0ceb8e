package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program, its links, its images: on the host and in the cache. */
class K3sFilesTest {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private final K3sBinary binary = new K3sBinary("v1.33.4+k3s1", Path.of("/cache/k3s"), A);
    private final K3sImages images = new K3sImages("k3s-airgap-images-arm64.tar.zst", Path.of("/cache/i"), A);
    private final LocalSh sh = new LocalSh();

    @TempDir
    Path folder;

    @Test
    void putsTheProgramWhereThereIsNone() {
        assertThat(binary("absent -"))
                .isEqualTo(Status.drift(Worst.CREATE, "/usr/local/bin/k3s", "absent", "v1.33.4+k3s1"));
        assertThat(binary.deed()).isEqualTo(new Deed.Upload(Path.of("/cache/k3s"), "/usr/local/bin/k3s", A, "0755"));
    }

    @Test
    void replacesAnotherProgramAndMendsItsMode() {
        assertThat(binary(A + " 755")).isEqualTo(Status.SAME);
        assertThat(binary(A + " 700")).isEqualTo(Status.drift(Worst.REPLACE, "/usr/local/bin/k3s mode", "700", "755"));
        assertThat(binary(B + " 755").toString()).contains("sha256 bbbbbbbbbbbb", "REPLACE");
        assertThat(binary("")).isInstanceOf(Status.Unknown.class);
    }

    @Test
    void namesTheImagesByWhatIsInThem() {
        assertThat(images.remoteName()).isEqualTo("k3s-airgap-images-arm64-aaaaaaaaaaaa.tar.zst");
        assertThat(status(images, "k3s images", "k3s-airgap-images-arm64-aaaaaaaaaaaa.tar.zst\n"))
                .isEqualTo(Status.SAME);
        assertThat(status(images, "k3s images", "k3s-airgap-images-arm64.tar.zst\n"))
                .isInstanceOf(Status.Drift.class);
    }

    @Test
    void takesAwayTheImagesOfOtherReleasesAlone() throws IOException {
        for (String name : new String[] {images.remoteName(), "k3s-airgap-images-arm64.tar", "mine.tar"}) {
            Files.writeString(folder.resolve(name), "");
        }
        K3sOldImages old = new K3sOldImages(images.remoteName());
        String probe = old.probes().get(0).shell().replace(K3sImages.FOLDER, folder + "/");
        assertThat(status(old, "k3s images", sh.run(probe).out()))
                .isEqualTo(Status.drift(
                        Worst.CHANGE, K3sImages.FOLDER + "k3s-airgap-images-arm64.tar", "there", "absent"));
        sh.run(((Deed.Shell) old.deed()).script().replace(K3sImages.FOLDER, folder + "/"));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder(images.remoteName(), "mine.tar");
        assertThat(status(old, "k3s images", sh.run(probe).out())).isEqualTo(Status.SAME);
    }

    @Test
    void linksTheNamesThatNobodyElseHas() throws IOException {
        Files.createSymbolicLink(folder.resolve("kubectl"), Path.of("/gone"));
        new FakeTools(folder).with("crictl", "").with("k3s", "");
        K3sLinks links = new K3sLinks();
        String probe = links.probes().get(0).shell().replace("/usr/local/bin", folder.toString());
        String path = "PATH=" + folder + ":/usr/bin:/bin\n";
        assertThat(sh.run(path + probe).out()).startsWith("kubectl dangles\n").doesNotContain("crictl");
        sh.run(path + ((Deed.Shell) links.deed()).script().replace("/usr/local/bin", folder.toString()));
        assertThat(Files.readSymbolicLink(folder.resolve("kubectl"))).hasToString("k3s");
        assertThat(folder.resolve("crictl")).isRegularFile();
        assertThat(sh.run(path + probe).out()).isEmpty();
        assertThat(status(links, "k3s links", "ctr absent"))
                .isEqualTo(Status.drift(Worst.CREATE, "/usr/local/bin/ctr", "absent", "link to k3s"));
    }

    @Test
    void fetchesWhatTheCacheLacksOrHasDamaged() throws IOException {
        Path file = folder.resolve("it's k3s");
        CachedFile cached = new CachedFile(
                URI.create("https://mirror.example/k3s"),
                file,
                Content.of("program").sha256());
        assertThat(sh.status(cached))
                .isEqualTo(Status.drift(Worst.CREATE, cached.id(), "absent", "downloaded from mirror.example"));
        Files.writeString(file, "progra");
        assertThat(sh.status(cached))
                .isEqualTo(Status.drift(Worst.CREATE, cached.id(), "damaged", "downloaded from mirror.example"));
        Files.writeString(file, "program");
        assertThat(sh.status(cached)).isEqualTo(Status.SAME);
    }

    private Status binary(String answer) {
        return status(binary, "k3s binary", answer);
    }

    private static Status status(Resource resource, String probe, String out) {
        return resource.status(LocalSh.answering(resource, probe, out));
    }
}
