package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Cluster;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a rotation of the key does, and where one that broke off goes on. */
class KeyPhasesTest {

    private static List<String> told(Cluster cluster, int reached) {
        Site site = SampleSite.live(cluster, "K10" + "0".repeat(64) + "::server:t");
        KeyPhases phases = new KeyPhases(cluster, cluster.servers().get(0), "aescbckey", reached, Optional.empty());
        return phases.rotate().stream()
                .flatMap(phase -> phase.steps(site).stream())
                .map(step -> step.resource().id())
                .filter(id -> id.startsWith("key") || id.startsWith("service") || id.startsWith("note of the key"))
                .toList();
    }

    @Test
    void aServerThatIsAloneIsNotStartedAgain() {
        assertThat(told(SampleSite.twoPis(), 0))
                .containsExactly("key of Secrets, rotate-keys", "note of the key's rotation");
    }

    @Test
    void severalAreAllStartedAgainAfterEachStage() {
        assertThat(told(SampleSite.haMixed(), 0))
                .containsExactly(
                        "key of Secrets, prepare",
                        "service k3s",
                        "service k3s",
                        "service k3s",
                        "keys of all servers",
                        "key of Secrets, rotate",
                        "service k3s",
                        "service k3s",
                        "service k3s",
                        "keys of all servers",
                        "key of Secrets, reencrypt",
                        "service k3s",
                        "service k3s",
                        "service k3s",
                        "keys of all servers",
                        "note of the key's rotation");
    }

    @Test
    void oneThatBrokeOffGoesOnWithTheRestartsOfItsStage() {
        assertThat(told(SampleSite.haMixed(), 2))
                .startsWith("key of Secrets, rotate", "service k3s")
                .doesNotContain("key of Secrets, prepare");
        assertThat(told(SampleSite.haMixed(), 3)).startsWith("key of Secrets, reencrypt", "service k3s");
    }
}
