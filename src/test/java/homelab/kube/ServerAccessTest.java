package homelab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.fake.ShellHost;
import homelab.problem.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ServerAccessTest {
    @Test
    void saysWhichFileOfWhichServerCannotBeRead() {
        Assumptions.assumeFalse(
                Files.exists(Path.of("/etc/rancher/k3s/k3s.yaml")), "this machine runs k3s and could be read");

        assertThatThrownBy(() -> ServerAccess.read(new ShellHost("jarvis"), "https://10.0.1.11:6443"))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.problems().get(0).what())
                            .isEqualTo("jarvis: cannot read /etc/rancher/k3s/k3s.yaml");
                    assertThat(failure.problems().get(0).why()).contains("No such file");
                });
    }
}
