package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Addons;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.Role;
import homelab.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleGuardTest {

    private static Cluster servers(int count) {
        return Clusters.of(
                Backend.VXLAN,
                List.of(),
                Addons.NONE,
                Clusters.node("jarvis", count > 0 ? Role.SERVER : Role.AGENT, 10, 22),
                Clusters.node("friday", count > 1 ? Role.SERVER : Role.AGENT, 11, 22),
                Clusters.node("vision", count > 2 ? Role.SERVER : Role.AGENT, 12, 22));
    }

    @Test
    void anOddNumberOfServersIsLeft() {
        assertThat(RoleGuard.count(servers(1))).isEmpty();
        assertThat(RoleGuard.count(servers(3))).isEmpty();
        assertThat(RoleGuard.count(servers(2))).map(Problem::what).contains("2 servers would be, an even number");
        assertThat(RoleGuard.count(servers(0))).map(Problem::what).contains("no server would be left");
    }
}
