package homelab.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.problem.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovalTest {
    private static final KubeconfigEntry OURS =
            new KubeconfigEntry("https://10.0.1.10:6443", "Y2E=", "Y2VydA==", new homelab.model.Secret("a2V5"));
    private static final KubeconfigEntry OTHER =
            new KubeconfigEntry("https://10.9.9.9:6443", "b3RoZXI=", "b3RoZXI=", new homelab.model.Secret("a2V5"));

    @TempDir
    private Path folder;

    private KubeconfigFile file() {
        return new KubeconfigFile(folder.resolve("config"), LocalDate.of(2026, 1, 2));
    }

    private String text() throws IOException {
        return Files.readString(file().path());
    }

    private static String ca() {
        return KubeconfigState.of(OURS).caSha256();
    }

    @Test
    void whatOthersHaveStaysToTheByte() throws IOException {
        file().merge("other", OTHER, KubeconfigFile.Foreign.REFUSE);
        String before = text();
        file().merge("home", OURS, KubeconfigFile.Foreign.REFUSE);

        assertThat(file().drop("home", ca()).changed()).isTrue();

        assertThat(text()).isEqualTo(before);
    }

    @Test
    void theOnlyContextLeavesAFileThatKubectlTakes() throws IOException {
        file().merge("home", OURS, KubeconfigFile.Foreign.REFUSE);

        file().drop("home", ca());

        assertThat(text()).contains("clusters: []", "current-context: \"\"").doesNotContain("home");
        file().merge("home", OURS, KubeconfigFile.Foreign.REFUSE);
        assertThat(KubeconfigState.read(file().path(), "home")).contains(KubeconfigState.of(OURS));
    }

    @Test
    void anotherClustersContextOfThatNameStays() throws IOException {
        file().merge("home", OTHER, KubeconfigFile.Foreign.REFUSE);
        String before = text();

        assertThat(file().drop("home", ca()).changed()).isFalse();

        assertThat(text()).isEqualTo(before);
    }

    @Test
    void aLayoutThatCannotBeCutByLinesIsLeftAsItIs() throws IOException {
        String flow =
                "{apiVersion: v1, kind: Config, clusters: [{name: home, cluster: {server: \"https://10.0.1.10:6443\","
                        + " certificate-authority-data: Y2E=}}], users: [{name: home, user: {client-certificate-data: Y2VydA==,"
                        + " client-key-data: a2V5}}], contexts: [{name: home, context: {cluster: home, user: home}}]}\n";
        Files.writeString(file().path(), flow);

        assertThatThrownBy(() -> file().drop("home", ca())).isInstanceOf(Failure.class);

        assertThat(text()).isEqualTo(flow);
    }
}
