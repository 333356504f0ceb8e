package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts;
import homelab.facts.K3sSettings;
import homelab.facts.K3sSettings.DropIn;
import homelab.facts.SampleFacts;
import homelab.facts.SampleK3s;
import homelab.model.NodeName;
import homelab.model.Secret;
import homelab.plan.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreflightServersTest {
    private static final NodeName JARVIS = new NodeName("jarvis");
    private static final NodeName FRIDAY = new NodeName("friday");
    private static final Secret FULL = new Secret("K10" + "0".repeat(64) + "::server:correct-horse");
    private static final String FILE = "/etc/rancher/k3s/config.yaml.d/90-mine.yaml";

    @Test
    void takesBothFormsOfTheTokenForTheSame() {
        assertThat(PreflightServers.tokens(Optional.of(new Secret("correct-horse")), Map.of(JARVIS, FULL)))
                .isEmpty();
    }

    @Test
    void refusesATokenThatIsNotTheClusters() {
        assertThat(PreflightServers.tokens(Optional.of(new Secret("zebra")), Map.of(JARVIS, FULL, FRIDAY, FULL)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.problem().what()).isEqualTo("the token of the inventory is not the cluster's");
                    assertThat(finding.toString()).doesNotContain("zebra", "correct-horse");
                });
    }

    @Test
    void refusesServersOfDifferentTokens() {
        assertThat(PreflightServers.tokens(Optional.empty(), Map.of(JARVIS, FULL, FRIDAY, new Secret("other"))))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.problem().what()).isEqualTo("friday and jarvis: have different tokens"));
    }

    @Test
    void refusesADropInThatSetsASharedKeyOtherwise() {
        assertThat(PreflightServers.dropIns(SampleSite.haMixed(), friday("flannel-backend", "host-gw")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.REFUSE);
                    assertThat(finding.problem().what()).startsWith("friday: " + FILE + " sets flannel-backend");
                    assertThat(finding.problem().why()).startsWith("it says host-gw and the inventory vxlan");
                });
    }

    @Test
    void leavesADropInThatSaysWhatTheInventorySays() {
        assertThat(PreflightServers.dropIns(SampleSite.haMixed(), friday("flannel-backend", "vxlan")))
                .isEmpty();
        assertThat(PreflightServers.dropIns(SampleSite.haMixed(), friday("embedded-registry", "true")))
                .isEmpty();
    }

    private static Map<NodeName, Facts> friday(String key, String value) {
        K3sSettings settings = new K3sSettings(Optional.empty(), false, List.of(new DropIn(FILE, key, value)));
        return Map.of(
                FRIDAY,
                SampleFacts.fresh("friday", "10.0.1.12")
                        .with("k3s", SampleK3s.none().settings(settings).state())
                        .build());
    }
}
