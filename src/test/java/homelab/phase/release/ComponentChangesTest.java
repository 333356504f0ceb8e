package homelab.phase.release;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.K3sVersion;
import homelab.plan.Finding;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComponentChangesTest {
    private static List<Finding> between(String now, String wanted, String... without) {
        return new ComponentChanges().findings(K3sVersion.parse(now), K3sVersion.parse(wanted), Set.of(without));
    }

    private static List<String> what(List<Finding> findings) {
        return findings.stream().map(finding -> finding.problem().what()).toList();
    }

    @Test
    void namesWhatIsAnotherMinorOfAComponent() {
        List<Finding> findings = between("v1.33.4+k3s1", "v1.34.2+k3s1");

        assertThat(findings.get(0).problem().what())
                .isEqualTo("k3s brings along: etcd 3.5.21 → 3.6.5, containerd 2.0.5 → 2.1.5, Traefik 3.3.6 → 3.5.1,"
                        + " CoreDNS 1.12.3 → 1.13.1");
        assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.NOTE);
        assertThat(findings.get(0).problem().why()).startsWith("v1.33.4+k3s1 → v1.34.2+k3s1");
    }

    @Test
    void warnsWhereSomethingIsDoneOtherwise() {
        assertThat(what(between("v1.33.4+k3s1", "v1.34.2+k3s1")))
                .filteredOn(what -> what.startsWith("etcd keeps"))
                .hasSize(1);
        assertThat(what(between("v1.31.4+k3s1", "v1.32.10+k3s1")))
                .anyMatch(what -> what.startsWith("Traefik 2 becomes Traefik 3"))
                .anyMatch(what -> what.startsWith("containerd has configuration of version 3"))
                .noneMatch(what -> what.startsWith("etcd keeps"));
        assertThat(between("v1.34.1+k3s1", "v1.34.2+k3s1"))
                .extracting(Finding::severity)
                .containsExactly(Finding.Severity.NOTE);
    }

    @Test
    void takesTheNewestThatIsKnownForAReleaseThatIsNot() {
        assertThat(between("v1.33.4+k3s1", "v1.34.3+k3s1").get(0).problem().why())
                .contains("→ v1.34.2+k3s1");
        assertThat(between("v1.33.4+k3s1", "v1.34.0+k3s1")).isEmpty();
        assertThat(between("v1.36.0+k3s1", "v1.37.0+k3s1")).isEmpty();
    }

    @Test
    void leavesOutWhatTheClusterDoesNotHave() {
        assertThat(what(between("v1.31.4+k3s1", "v1.32.10+k3s1", "traefik")))
                .noneMatch(what -> what.contains("Traefik"));
        assertThat(what(between("v1.33.4+k3s1", "v1.34.2+k3s1", "etcd"))).noneMatch(what -> what.contains("etcd"));
    }

    @Test
    void saysNothingWhereNothingIsAnother() {
        assertThat(between("v1.33.1+k3s1", "v1.33.4+k3s1")).isEmpty();
    }
}
