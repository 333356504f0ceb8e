package homelab.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigPathTest {
    private static final String WITH_LAB = "contexts: [{name: lab, context: {cluster: lab}}]\n";

    @TempDir
    Path folder;

    private Path first;
    private Path second;

    @BeforeEach
    void nameTwoFiles() {
        first = folder.resolve("first");
        second = folder.resolve("second");
    }

    @Test
    void isInTheHomeWithoutTheVariable() {
        Path usual = folder.resolve(".kube/config");

        assertThat(KubeconfigPath.choose(Map.of(), folder, "lab")).isEqualTo(usual);
        assertThat(KubeconfigPath.choose(Map.of("KUBECONFIG", ""), folder, "lab"))
                .isEqualTo(usual);
    }

    @Test
    void isTheFirstFileOfTheListThatExists() throws IOException {
        Files.writeString(second, "");

        assertThat(chosen()).isEqualTo(second);
    }

    @Test
    void isTheLastFileOfTheListWhenNoneExistsAsKubectlDoes() {
        assertThat(chosen()).isEqualTo(second);
    }

    @Test
    void isTheFileThatHasTheContext() throws IOException {
        Files.writeString(first, "");
        Files.writeString(second, WITH_LAB);

        assertThat(chosen()).isEqualTo(second);
    }

    @Test
    void passesOverABrokenFileOnTheList() throws IOException {
        Files.writeString(first, "contexts: [");
        Files.writeString(second, WITH_LAB);

        assertThat(chosen()).isEqualTo(second);
    }

    private Path chosen() {
        return KubeconfigPath.choose(Map.of("KUBECONFIG", first + "::" + second), folder, "lab");
    }
}
