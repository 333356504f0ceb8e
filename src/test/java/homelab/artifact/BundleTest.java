package homelab.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.problem.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    private static final String TAG = "v1.33.4+k3s1";

    @TempDir
    private Path folder;

    private Cache near;
    private Cache far;
    private Pinned binary;
    private Pinned images;

    @BeforeEach
    void aCacheWithTwoFiles() throws IOException {
        near = new Cache(folder.resolve("near"));
        far = new Cache(folder.resolve("far"));
        binary = kept("k3s-arm64", "the program, ".repeat(9000));
        images = kept("k3s-airgap-images-arm64.tar.zst", "images");
    }

    private Pinned kept(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Pinned one = new Pinned(TAG, name, Hash.of(file));
        Path cached = near.artifact(name, one.sha256()).cached();
        Files.createDirectories(cached.getParent());
        Files.move(file, cached);
        return one;
    }

    private Bundle written() {
        Bundle bundle = new Bundle(folder.resolve("b.zip"));
        bundle.write(List.of(binary, images), near);
        return bundle;
    }

    private Path inventory() {
        return folder.resolve("home.yaml");
    }

    private String refused(Bundle bundle) {
        try {
            bundle.read(far, inventory());
        } catch (Failure failure) {
            return failure.problems().get(0).what() + "; "
                    + failure.problems().get(0).why();
        }
        throw new AssertionError("it was taken");
    }

    @Test
    void bringsEachFileToItsPlaceAndPinsIt() {
        assertThat(written().read(far, inventory())).containsExactly(binary, images);

        assertThat(Kept.in(far)).extracting(Kept::name).containsExactlyInAnyOrder(binary.name(), images.name());
        assertThat(Kept.in(far))
                .allMatch(Kept::whole)
                .allMatch(kept -> kept.tampered().isEmpty());
        assertThat(Pinned.beside(inventory())).containsExactlyInAnyOrder(binary, images);
    }

    @Test
    void aChangedByteIsNamedWithBothSumsAndNotKept() throws IOException {
        Bundle bundle = written();
        byte[] bytes = Files.readAllBytes(bundle.file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(bundle.file(), bytes);

        assertThat(refused(bundle))
                .contains("k3s-arm64", binary.sha256() + " was wanted")
                .containsPattern("its SHA-256 is (?!" + binary.sha256() + ")[0-9a-f]{64}");
        assertThat(Kept.in(far)).noneMatch(Kept::whole);
        assertThat(Pinned.beside(inventory())).isEmpty();
    }

    @Test
    void whatTheLockFileSaysDecidesOverTheBundle() {
        String other = "0".repeat(64);
        Pins.beside(inventory()).add(TAG, java.util.Map.of(binary.name(), other));

        assertThat(refused(written())).contains("k3s-arm64", binary.sha256(), other + " was wanted");
        assertThat(far.root()).doesNotExist();
    }

    @Test
    void aFileBehindAPathOfItsOwnIsNotWritten() throws IOException {
        Path evil = folder.resolve("evil.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(evil))) {
            zip.putNextEntry(new ZipEntry("homelab-bundle-v1"));
            zip.write(("0".repeat(64) + " " + TAG + " ../../evil\n").getBytes(StandardCharsets.UTF_8));
        }

        assertThat(refused(new Bundle(evil))).contains("is no bundle of homelab");
    }

    @Test
    void aBundleThatLacksAFileOfItsListIsNone() throws IOException {
        Path half = folder.resolve("half.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(half))) {
            zip.putNextEntry(new ZipEntry("homelab-bundle-v1"));
            zip.write((binary.sha256() + " " + TAG + " k3s-arm64\n").getBytes(StandardCharsets.UTF_8));
        }

        assertThat(refused(new Bundle(half))).contains("is in its list and not in it");
    }

    @Test
    void aTamperedCacheMakesNoBundleAndIsReadAnewByTheNextFetch() throws IOException {
        Path cached = near.artifact(images.name(), images.sha256()).cached();
        Shelf shelf = new Shelf(near.artifact(images.name(), images.sha256()));
        assertThat(shelf.holds()).isTrue();
        var time = Files.getLastModifiedTime(cached);
        Files.writeString(cached, "imagez");
        Files.setLastModifiedTime(cached, time);

        assertThatThrownBy(this::written).isInstanceOf(Failure.class).hasMessageContaining("is not what it should be");
        Kept kept = Kept.in(near).stream()
                .filter(one -> one.sha256().equals(images.sha256()))
                .findFirst()
                .orElseThrow();
        assertThat(kept.tampered()).isPresent();
        assertThat(shelf.holds()).isFalse();
        assertThat(Files.exists(folder.resolve("b.zip"))).isFalse();
    }
}
