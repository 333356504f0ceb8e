package homelab.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.resource.Change;
import homelab.resource.LocalSh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigContextTest {
    private static final String JARVIS = "https://10.0.1.11:6443";
    private static final String OTHER = "https://10.0.1.99:6443";
    private static final Optional<String> CA =
            Optional.of(KubeconfigState.of(Entries.lab()).caSha256());

    @TempDir
    Path folder;

    @Test
    void isToBeMadeWhereThereIsNone() {
        assertThat(status(CA, false)).isEqualTo(Status.drift(Worst.CREATE, "context lab", "absent", JARVIS));
    }

    @Test
    void isSameByEveryAddressOfTheCluster() {
        merge(Entries.entry("https://jarvis.lan:6443", "ca of lab", "certificate 1"));
        assertThat(status(CA, false)).isEqualTo(Status.SAME);
    }

    @Test
    void anAddressThatIsNotTheClustersIsPutRight() {
        merge(Entries.entry(OTHER, "ca of lab", "certificate 1"));
        assertThat(status(CA, false)).isEqualTo(Status.drift(Worst.CHANGE, "server", OTHER, JARVIS));
    }

    @Test
    void waitsForACluster() {
        assertThat(status(Optional.empty(), false)).isInstanceOf(Status.Waits.class);
    }

    @Test
    void saysNoToFoundingAClusterWhoseNameIsTaken() {
        merge(Entries.entry(OTHER, "ca of old", "certificate 0"));
        assertThat(status(Optional.empty(), false)).isInstanceOfSatisfying(Status.Refused.class, refused -> {
            assertThat(refused.problem().what()).contains("context 'lab' of another cluster");
            assertThat(refused.problem().why()).contains(OTHER);
            assertThat(refused.problem().fix()).contains("--found-new-cluster", "KUBECONFIG=");
        });
        assertThat(status(Optional.empty(), true)).isInstanceOf(Status.Waits.class);
    }

    @Test
    void anothersContextIsReplacedOnlyWhenThatWasSaid() {
        merge(Entries.entry(OTHER, "ca of old", "certificate 0"));
        assertThat(status(CA, false))
                .isInstanceOfSatisfying(
                        Status.Refused.class,
                        refused ->
                                assertThat(refused.problem().fix()).contains("homelab kubeconfig --replace-context"));
        assertThat(status(CA, true))
                .isInstanceOfSatisfying(
                        Status.Drift.class,
                        drift -> assertThat(drift.changes())
                                .extracting(Change::what)
                                .containsExactly("server", "CA (SHA-256)"));
    }

    @Test
    void aClientCertificateThatIsNotToStayIsExchanged() {
        merge(Entries.entry(JARVIS, "ca of lab", "certificate 0"));
        String sum = KubeconfigState.sha256("certificate 0".getBytes(UTF_8));

        assertThat(stale("another")).isEqualTo(Status.SAME);
        assertThat(stale(sum))
                .isEqualTo(
                        Status.drift(Worst.CHANGE, "client certificate", "the one of before", "the server's new one"));
    }

    private Status stale(String sum) {
        NodeName jarvis = new NodeName("jarvis");
        return new LocalSh()
                .status(new KubeconfigContext(file(), "lab", jarvis, List.of(JARVIS), CA, false, Optional.of(sum)));
    }

    private Status status(Optional<String> ca, boolean replace) {
        List<String> urls = List.of(JARVIS, "https://jarvis.lan:6443");
        return new LocalSh().status(new KubeconfigContext(file(), "lab", new NodeName("jarvis"), urls, ca, replace));
    }

    private void merge(KubeconfigEntry entry) {
        new KubeconfigFile(file(), LocalDate.of(2026, 1, 1)).merge("lab", entry, KubeconfigFile.Foreign.REFUSE);
    }

    private Path file() {
        return folder.resolve("config");
    }
}
