package homelab.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.model.Addons;
import homelab.model.Backend;
import homelab.model.Cidr;
import homelab.model.Cluster;
import homelab.model.K3s;
import homelab.model.K3sVersion;
import homelab.model.Network;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesTest {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final String C = "c".repeat(64);
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(5), 2);

    @TempDir
    Path folder;

    Mirror mirror;

    @BeforeEach
    void serve() throws IOException {
        mirror = new Mirror()
                .put(
                        "/v1.33.4%2Bk3s1/sha256sum-amd64.txt",
                        A + "  k3s\n" + B + "  k3s-airgap-images-amd64.tar\n" + C
                                + "  k3s-airgap-images-amd64.tar.zst\n")
                .put("/v1.33.4%2Bk3s1/sha256sum-arm64.txt", B + "  k3s-arm64\n" + A + "  k3s-arm64.old\n")
                .put("/v1.33.4%2Bk3s1/sha256sum-arm.txt", C + "  k3s-armhf\n" + A + "  k3s-airgap-images-arm.tar\n");
    }

    @AfterEach
    void stop() {
        mirror.close();
    }

    @Test
    void takesTheBinaryOfEachArchitecture() {
        Map<String, Release> found = releases().resolve(cluster(false), List.of("amd64", "arm64", "arm"), false);
        assertThat(found.values())
                .extracting(release -> release.binary().name())
                .containsExactly("k3s", "k3s-armhf", "k3s-arm64");
        assertThat(found.values())
                .extracting(release -> release.binary().sha256())
                .containsExactly(A, C, B);
        assertThat(found.get("amd64").images()).isEmpty();
        assertThat(found.get("amd64").binary().cached())
                .isEqualTo(folder.resolve("cache").resolve(A).resolve("k3s"));
    }

    @Test
    void prefersTheSmallerImageArchive() {
        assertThat(images("amd64")).isEqualTo("k3s-airgap-images-amd64.tar.zst");
        assertThat(images("arm")).isEqualTo("k3s-airgap-images-arm.tar");
    }

    @Test
    void namesTheFileThatTheSumsLack() {
        assertThatThrownBy(() -> releases().resolve(cluster(true), List.of("arm64"), false))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("k3s-airgap-images-arm64.tar.zst")
                .hasMessageContaining("sha256sum-arm64.txt");
    }

    @Test
    void takesAVersionThatIsNotThereForAMistakeInTheInventory() {
        mirror.close();
        assertThatThrownBy(() -> {
                    mirror = new Mirror();
                    releases().resolve(cluster(false), List.of("amd64"), false);
                })
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.exit()).isEqualTo(Exit.USAGE));
    }

    @Test
    void writesNothingBesideTheInventoryBeforeThePin() {
        releases().resolve(cluster(true), List.of("amd64"), false);
        assertThat(folder.resolve("home.lock.yaml")).doesNotExist();
    }

    @Test
    void needsNoNetworkForWhatIsPinned() {
        Releases releases = releases();
        Map<String, Release> first = releases.resolve(cluster(true), List.of("amd64"), false);
        releases.pin(first);
        mirror.close();
        assertThat(releases.resolve(cluster(true), List.of("amd64"), true)).isEqualTo(first);
    }

    @Test
    void keepsThePinWhenTheReleasePageChanges() {
        Releases releases = releases();
        releases.pin(releases.resolve(cluster(false), List.of("amd64"), false));
        mirror.put("/v1.33.4%2Bk3s1/sha256sum-amd64.txt", B + "  k3s\n" + C + "  k3s-airgap-images-amd64.tar\n");
        Release found = releases.resolve(cluster(true), List.of("amd64"), false).get("amd64");
        assertThat(found.binary().sha256()).isEqualTo(A);
        assertThat(found.images().orElseThrow().sha256()).isEqualTo(C);
    }

    @Test
    void writesSortedPinsThatStayWhatTheyAre() throws IOException {
        Releases releases = releases();
        releases.pin(releases.resolve(cluster(true), List.of("arm", "amd64"), false));
        releases.pin(Map.of("amd64", new Release("v1.9.0+k3s1", "amd64", artifact("k3s", C), Optional.empty())));
        releases.pin(Map.of("amd64", new Release("v1.9.0+k3s1", "amd64", artifact("k3s", B), Optional.empty())));
        assertThat(Files.readString(folder.resolve("home.lock.yaml")))
                .endsWith("""
                        releases:
                          v1.33.4+k3s1:
                            k3s: AAAA
                            k3s-airgap-images-amd64.tar.zst: CCCC
                            k3s-airgap-images-arm.tar: AAAA
                            k3s-armhf: CCCC
                          v1.9.0+k3s1:
                            k3s: CCCC
                        """.replace("AAAA", A).replace("CCCC", C));
        assertThat(folder.resolve("home.lock.yaml.part")).doesNotExist();
    }

    @Test
    void saysThatNothingIsPinnedWhenOffline() {
        assertThatThrownBy(() -> releases().resolve(cluster(false), List.of("amd64"), true))
                .isInstanceOfSatisfying(Failure.class, e -> {
                    assertThat(e.exit()).isEqualTo(Exit.BLIND);
                    assertThat(e.problems().get(0).why()).contains("k3s of v1.33.4+k3s1", "home.lock.yaml");
                });
        assertThat(mirror.asked).isEmpty();
    }

    @Test
    void refusesALockFileWithSomethingElseThanASum() throws IOException {
        Files.writeString(folder.resolve("home.lock.yaml"), "releases:\n  v1.33.4+k3s1:\n    k3s: latest\n");
        assertThatThrownBy(() -> releases().resolve(cluster(false), List.of("amd64"), false))
                .isInstanceOfSatisfying(Failure.class, e -> {
                    assertThat(e.exit()).isEqualTo(Exit.USAGE);
                    assertThat(e.problems().get(0).where().orElseThrow().line()).isEqualTo(3);
                    assertThat(e.problems().get(0).where().orElseThrow().column())
                            .isEqualTo(10);
                });
    }

    @Test
    void readsASumOfDigitsAloneAsText() throws IOException {
        String digits = "1".repeat(64);
        Files.writeString(folder.resolve("home.lock.yaml"), "releases: {v1.33.4+k3s1: {k3s: " + digits + "}}");
        Map<String, Release> found = releases().resolve(cluster(false), List.of("amd64"), true);
        assertThat(found.get("amd64").binary().sha256()).isEqualTo(digits);
    }

    @Test
    void keepsTheCacheWhereTheUserWantsIt() {
        assertThat(Cache.of(Map.of("XDG_CACHE_HOME", "/big", "HOME", "/home/pi"))
                        .root())
                .isEqualTo(Path.of("/big/homelab/artifacts"));
        assertThat(Cache.of(Map.of("XDG_CACHE_HOME", "relative", "HOME", "/home/pi"))
                        .root())
                .isEqualTo(Path.of("/home/pi/.cache/homelab/artifacts"));
    }

    private String images(String arch) {
        return releases()
                .resolve(cluster(true), List.of(arch), false)
                .get(arch)
                .images()
                .orElseThrow()
                .name();
    }

    private Release.Artifact artifact(String name, String sha256) {
        return new Cache(folder.resolve("cache")).artifact(name, sha256);
    }

    private Releases releases() {
        return new Releases(folder.resolve("home.yaml"), new Cache(folder.resolve("cache")), new Fetch(SHORT));
    }

    private Cluster cluster(boolean images) {
        Network network = new Network(
                Cidr.parse("10.0.1.0/24"),
                Cidr.parse("10.42.0.0/16"),
                Cidr.parse("10.43.0.0/16"),
                List.of(),
                List.of(),
                Optional.empty());
        URI from = mirror.base();
        K3s k3s = new K3s(
                K3sVersion.parse("v1.33.4+k3s1"),
                from,
                from,
                images,
                List.of(),
                true,
                true,
                Backend.VXLAN,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
        return new Cluster("home", network, k3s, Optional.empty(), List.of(), Addons.NONE);
    }
}
