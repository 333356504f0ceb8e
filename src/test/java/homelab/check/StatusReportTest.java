package homelab.check;

import static homelab.check.House.JARVIS;
import static homelab.check.House.ULTRON;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.check.HostView.PeerView;
import homelab.check.StatusReport.NodeLine;
import homelab.model.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusReportTest {
    private final House house = new House();

    @Test
    void saysInOneSentenceThatAllIsWell() {
        StatusReport report = report();

        assertThat(report.verdict()).isEqualTo("2 nodes Ready");
        assertThat(report.worst()).isEqualTo(Verdict.TRUE);
        assertThat(report.nodes())
                .first()
                .isEqualTo(new NodeLine(
                        "jarvis",
                        Role.SERVER,
                        Optional.of("v1.33.4+k3s1"),
                        Verdict.TRUE,
                        Optional.of(Duration.ofHours(1)),
                        true));
    }

    @Test
    void namesTheNodeWhosePodsAreCutOff() {
        house.hosts.put(ULTRON, House.host("10.42.1.0/24", Map.of(JARVIS, new PeerView(true, Optional.of(false)))));

        assertThat(report().verdict()).isEqualTo("2 nodes Ready; ultron: pods do not reach those of other nodes");
        assertThat(report().worst()).isEqualTo(Verdict.FALSE);
    }

    @Test
    void namesTheCauseBeforeItsEffects() {
        house.hosts.put(ULTRON, new HostView.Unreachable("no route", "switch it on"));
        house.nodes = List.of(House.node("jarvis", true, "True"), House.node("ultron", false, "Unknown"));

        assertThat(report().verdict())
                .isEqualTo("1 of 2 nodes Ready; ultron: unreachable (and 1 more kind of trouble);"
                        + " 3 conditions could not be judged");
    }

    @Test
    void doesNotCallUnknownWell() {
        house.hosts.remove(ULTRON);

        assertThat(report().worst()).isEqualTo(Verdict.UNKNOWN);
        assertThat(report().verdict()).contains("could not be judged");
    }

    @Test
    void showsANodeThatTheInventoryDoesNotKnow() {
        house.nodes = List.of(
                House.node("jarvis", true, "True"),
                House.node("ultron", false, "True"),
                House.node("friday", false, "True"));

        assertThat(report().nodes()).last().satisfies(line -> {
            assertThat(line.name()).isEqualTo("friday");
            assertThat(line.inInventory()).isFalse();
        });
        assertThat(report().verdict()).isEqualTo("2 nodes Ready");
    }

    private StatusReport report() {
        return StatusReport.of(house.cluster, house.snapshot());
    }
}
