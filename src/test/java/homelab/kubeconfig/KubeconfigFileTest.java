package homelab.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.kubeconfig.KubeconfigFile.Foreign;
import homelab.kubeconfig.KubeconfigFile.Merged;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a merge does to files: modes, links, backups, locks, and whose entries they are. */
class KubeconfigFileTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 14);

    @TempDir
    Path folder;

    @Test
    void makesFileAndFolderPrivate() throws IOException {
        Path file = folder.resolve(".kube/config");

        merge(file);

        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(file.getParent())).isEqualTo("rwx------");
        assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
        assertThat(Files.list(file.getParent())).hasSize(1);
    }

    @Test
    void keepsWhatWasInABackupOfTheDay() throws IOException {
        Path file = Files.writeString(folder.resolve("config"), "# as it was\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        Merged first = merge(file);
        Merged second = merge(file, Entries.entry("https://10.0.1.12:6443", "ca of lab", "certificate 2"));

        Path backup = folder.resolve("config.bak-2026-01-14");
        assertThat(first.backup()).contains(backup);
        assertThat(second.backup()).contains(backup);
        assertThat(backup).hasContent("# as it was\n");
        assertThat(mode(backup)).isEqualTo("rw-------");
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void followsALinkAndKeepsIt() throws IOException {
        Path real = Files.writeString(folder.resolve("real"), "# mine\n");
        Path link = Files.createSymbolicLink(folder.resolve("config"), Path.of("real"));

        merge(link);

        assertThat(link).isSymbolicLink();
        assertThat(real).content().startsWith("# mine\n").contains("name: lab");
    }

    @Test
    void createsTheFileThatALinkPointsTo() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("config"), Path.of("not-there-yet"));

        merge(link);

        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("not-there-yet")).content().contains("name: lab");
    }

    @Test
    void givesUpWhileKubectlHoldsItsLock() throws IOException {
        Path file = Files.writeString(folder.resolve("config"), "");
        Path lock = Files.createFile(folder.resolve("config.lock"));

        assertFailure(() -> merge(file), Exit.LOCKED, lock.toString());
        assertThat(file).isEmptyFile();
        assertThat(lock).exists();
    }

    @Test
    void waitsForAShortLockAndLeavesNoneBehind() throws IOException {
        Path file = folder.resolve("config");
        Path lock = Files.createFile(folder.resolve("config.lock"));
        CompletableFuture.delayedExecutor(150, TimeUnit.MILLISECONDS)
                .execute(() -> lock.toFile().delete());

        Merged merged =
                new KubeconfigFile(file, TODAY, Duration.ofSeconds(20)).merge("lab", Entries.lab(), Foreign.REFUSE);

        assertThat(merged.changed()).isTrue();
        assertThat(lock).doesNotExist();
    }

    @Test
    void replacesWhatAKilledRunLeftHalfWritten() throws IOException {
        Path part = Files.writeString(folder.resolve(".config.homelab-part"), "half");

        merge(folder.resolve("config"));

        assertThat(part).doesNotExist();
        assertThat(folder.resolve("config")).content().contains("name: lab").doesNotContain("half");
    }

    @Test
    void saysSoWhenTheHomeCannotBeWritten() {
        // /proc takes no file even from root, for whom modes mean nothing.
        assertFailure(() -> merge(Path.of("/proc/self/.kube/config")), Exit.FAILED, "/proc/self/.kube");
    }

    @Test
    void saysSoWhenTheFolderIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("kube"), "");

        assertFailure(() -> merge(file.resolve("config")), Exit.FAILED, file.toString());
    }

    @Test
    void saysSoWhenTheFileIsAFolder() throws IOException {
        Path file = Files.createDirectory(folder.resolve("config"));

        assertFailure(() -> merge(file), Exit.FAILED, file.toString());
        assertThat(folder.resolve("config.lock")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // our context leads to a cluster of another name with another CA
                "contexts: [{name: lab, context: {cluster: x, user: x}}]\nclusters: [{name: x, cluster: {certificate-authority-data: b3RoZXI=}}]\n",
                // the cluster of our name has another CA, or none
                "clusters: [{name: lab, cluster: {certificate-authority-data: b3RoZXI=}}]\n",
                "clusters: [{name: lab, cluster: {server: 'https://other'}}]\n",
                // somebody else's user has our name
                "users: [{name: lab, user: {client-certificate-data: b3RoZXI=}}]\n",
                "users: [{name: lab, user: {token: t}}]\n",
            })
    void refusesNamesThatBelongToAnotherClusterUnlessTold(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("config"), text);

        assertFailure(() -> merge(file), Exit.REFUSED, "another cluster");
        assertThat(file).content().isEqualTo(text);

        new KubeconfigFile(file, TODAY).merge("lab", Entries.lab(), Foreign.REPLACE);
        assertThat(KubeconfigState.read(file, "lab")).contains(KubeconfigState.of(Entries.lab()));
    }

    @Test
    void takesACertificateAuthorityFileForOursWhenItHoldsOurs() throws IOException {
        Files.writeString(folder.resolve("ca.crt"), "ca of lab");
        Path file = Files.writeString(
                folder.resolve("config"), "clusters: [{name: lab, cluster: {certificate-authority: ca.crt}}]\n");

        assertThat(merge(file).changed()).isTrue();
    }

    @Test
    void neverShowsTheKey() {
        KubeconfigEntry entry = Entries.lab();

        assertThat(entry.toString()).doesNotContain(Entries.KEY).contains("***");
        assertThat(merge(folder.resolve("config")).toString()).doesNotContain(Entries.KEY);
    }

    private Merged merge(Path file) {
        return merge(file, Entries.lab());
    }

    private static Merged merge(Path file, KubeconfigEntry entry) {
        return new KubeconfigFile(file, TODAY, Duration.ofMillis(200)).merge("lab", entry, Foreign.REFUSE);
    }

    private static void assertFailure(Runnable act, Exit exit, String says) {
        assertThatThrownBy(act::run).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.exit()).isEqualTo(exit);
            assertThat(failure.problems().toString()).contains(says).doesNotContain(Entries.KEY);
            assertThat(failure.problems().get(0).fix()).isNotEmpty();
        });
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
