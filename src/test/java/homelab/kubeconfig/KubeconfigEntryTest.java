package homelab.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.problem.Failure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigEntryTest {
    /** As k3s writes it (its documentation, "Cluster Access"); the data are stand-ins. */
    private static final String K3S_YAML = """
            apiVersion: v1
            clusters:
            - cluster:
                certificate-authority-data: Y2Egb2YgbGFi
                server: https://127.0.0.1:6443
              name: default
            contexts:
            - context:
                cluster: default
                user: default
              name: default
            current-context: default
            kind: Config
            preferences: {}
            users:
            - name: default
              user:
                client-certificate-data: Y2VydGlmaWNhdGUgMQ==
                client-key-data: dGhlIHByaXZhdGUga2V5
            """;

    @Test
    void takesTheAdministratorOfK3sUnderAnotherAddress() {
        assertThat(KubeconfigEntry.fromK3s(K3S_YAML, "https://10.0.1.11:6443")).isEqualTo(Entries.lab());
    }

    @Test
    void reachesTheSameClusterByATunnel() {
        KubeconfigEntry tunnelled = Entries.lab().at("https://127.0.0.1:40001");

        assertThat(tunnelled.server()).isEqualTo("https://127.0.0.1:40001");
        assertThat(tunnelled.at(Entries.lab().server())).isEqualTo(Entries.lab());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kind: Config\n", "current-context: default\n", "<html>", "clusters: ["})
    void refusesTextThatLeadsToNoAccess(String text) {
        assertThatThrownBy(() -> KubeconfigEntry.fromK3s(text, "https://10.0.1.11:6443"))
                .isInstanceOf(Failure.class);
    }

    @Test
    void refusesAFileWithoutTheKeyAndNamesIt() {
        String text = K3S_YAML.replace("client-key-data: dGhlIHByaXZhdGUga2V5", "client-key-data: ''");

        assertThatThrownBy(() -> KubeconfigEntry.fromK3s(text, "https://10.0.1.11:6443"))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.problems().get(0).why()).contains("client-key-data"));
    }

    @Test
    void hasTheSumThatSha256sumPrintsForTheFile() {
        // printf 'ca of lab' | sha256sum
        assertThat(KubeconfigState.of(Entries.lab()).caSha256())
                .isEqualTo("a9535e8479a086a7179ceba5194d01748380dc976d84266c3a6f0805dc50f69b");
    }

    @Test
    void knowsNothingOfAFileThatIsNotThere() {
        assertThat(KubeconfigState.read(Path.of("/nowhere/config"), "lab")).isEmpty();
    }
}
