package homelab.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.adopt.Comparison.Difference;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final String USUAL = """
            node-name: jarvis
            node-ip: 10.0.1.10
            cluster-cidr: 10.42.0.0/16
            service-cidr: 10.43.0.0/16
            flannel-backend: vxlan
            write-kubeconfig-mode: "0600"
            """;

    private static Comparison of(String words, String wanted) {
        Arguments has = Arguments.ofWords(List.of(words.split(" ")), "the unit's arguments");
        Found found = new Found(
                "k3s",
                "",
                false,
                true,
                "/usr/local/bin/k3s",
                has,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "jarvis",
                "10.0.1.10");
        return Comparison.of(found, ConfigText.read(USUAL + wanted, "config.yaml"));
    }

    @Test
    void takesWhatK3sDoesByItselfForTheSameWords() {
        assertThat(of("server", "").isEqual()).isTrue();
    }

    @Test
    void takesAListAndARepeatedFlagForTheSame() {
        assertThat(of("server --disable traefik --disable servicelb", "disable: [servicelb, traefik]\n")
                        .equal())
                .contains("disable");
        assertThat(of("server --disable traefik,servicelb", "disable: [servicelb, traefik]\n")
                        .isEqual())
                .isTrue();
    }

    @Test
    void tellsWhatDiffers() {
        assertThat(of("server --write-kubeconfig-mode 644", "").differs())
                .containsExactly(new Difference("write-kubeconfig-mode", "644", "600"));
        assertThat(of("server", "secrets-encryption: true\n").differs())
                .containsExactly(new Difference("secrets-encryption", "false", "true"));
    }

    @Test
    void tellsApartWhatTheInventoryHasNoWordAbout() {
        Comparison comparison = of("server --etcd-arg heartbeat-interval=500", "");
        assertThat(comparison.differs()).isEmpty();
        assertThat(comparison.unknown())
                .containsExactly(new Difference("etcd-arg", "heartbeat-interval=500", "not set"));
        assertThat(comparison.isEqual()).isFalse();
    }

    @Test
    void namesSecretsWithoutTellingThem() {
        Comparison comparison = of("server --agent-token correct-horse", "");
        assertThat(comparison.secrets()).containsExactly("agent-token");
        assertThat(comparison.toString()).doesNotContain("correct-horse");
    }

    @Test
    void doesNotCountWhatMattersAtJoiningAlone() {
        assertThat(of(
                                "server --cluster-init --token correct-horse --node-label disk=ssd",
                                "token-file: /etc/rancher/k3s/token\n")
                        .isEqual())
                .isTrue();
    }
}
