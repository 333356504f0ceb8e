package homelab.doctor.k3s;

import static homelab.doctor.Verdict.FAIL;
import static homelab.doctor.Verdict.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Finding;
import homelab.doctor.Houses;
import homelab.facts.FactProbes;
import homelab.phase.Clusters;
import homelab.probe.Probe;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwinsTest {
    private static final String ONE = "0000000000000000000000000000000a";
    private static final String OTHER = "0000000000000000000000000000000b";
    private static final Probe<?> SYSTEM = FactProbes.all(
                    Clusters.twoPis().nodes().get(0))
            .stream()
            .filter(probe -> probe.id().equals("facts:system"))
            .findFirst()
            .orElseThrow();

    private static Houses says(Houses houses, String node, String name, String id) {
        return houses.answers(
                node, SYSTEM, "\n@@homelab uname\n" + name + " 6.6.51 aarch64\n\n@@homelab machine-id\n" + id + "\n");
    }

    private static List<Finding> twins(Houses houses) {
        return new NodesAsDeclared()
                .judge(houses.house()).stream()
                        .filter(finding -> finding.verdict() == FAIL)
                        .toList();
    }

    @Test
    void twoHostsWithOneMachineIdFailAlsoWithoutAnApi() {
        Houses houses = says(says(Houses.twoPis(), "jarvis", "jarvis", ONE), "ultron", "ultron", ONE);

        assertThat(twins(houses)).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo("machine id of jarvis, ultron");
            assertThat(finding.evidence()).containsExactly(ONE + " is in /etc/machine-id of each");
            assertThat(finding.fix()).contains("systemd-machine-id-setup");
        });
    }

    @Test
    void twoHostsWithOneNameFail() {
        Houses houses = says(says(Houses.twoPis(), "jarvis", "raspberrypi", ONE), "ultron", "raspberrypi", OTHER);

        assertThat(twins(houses))
                .singleElement()
                .satisfies(finding -> assertThat(finding.subject()).isEqualTo("host name of jarvis, ultron"));
    }

    @Test
    void hostsOfTheirOwnAndHostsThatWereNotReachedAreNoTwins() {
        assertThat(twins(says(says(Houses.twoPis(), "jarvis", "jarvis", ONE), "ultron", "ultron", OTHER)))
                .isEmpty();
        assertThat(twins(says(Houses.twoPis(), "jarvis", "jarvis", ONE).lost("ultron", "no route to host")))
                .isEmpty();
    }

    @Test
    void whereNoApiAnswersTheNodesThemselvesAreUnknown() {
        Houses houses = says(says(Houses.twoPis(), "jarvis", "jarvis", ONE), "ultron", "ultron", OTHER);

        assertThat(new NodesAsDeclared().judge(houses.house()))
                .extracting(Finding::verdict)
                .contains(UNKNOWN);
    }
}
