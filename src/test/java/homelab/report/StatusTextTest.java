package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.check.Condition;
import homelab.check.StatusReport;
import homelab.check.Verdict;
import homelab.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    private static final Terminal NARROW = new Terminal(40, false, true, true);
    private static final String SILENT = "the API does not answer on any server";

    private final StatusReport report = new StatusReport(
            "home",
            Instant.EPOCH,
            "0 of 2 nodes Ready; jarvis: k3s is not running, and two more conditions could not be judged",
            List.of(new StatusReport.NodeLine(
                    "jarvis", Role.SERVER, Optional.empty(), Verdict.UNKNOWN, Optional.of(Duration.ofDays(3)), true)),
            List.of(
                    new Condition(Condition.Name.HostReachable, "jarvis", Verdict.TRUE, "it answered", ""),
                    new Condition(Condition.Name.NodeReady, "jarvis", Verdict.UNKNOWN, SILENT, ""),
                    new Condition(Condition.Name.NodeReady, "ultron", Verdict.UNKNOWN, SILENT, ""),
                    new Condition(Condition.Name.UnitActive, "jarvis", Verdict.FALSE, "k3s is dead", "start it"),
                    new Condition(Condition.Name.EtcdIsVoter, "jarvis", Verdict.UNKNOWN, SILENT, "")));

    @Test
    void tellsTheWorstFirstAndACommonReasonOnce() {
        assertThat(new StatusText(Terminal.PIPE).of(report, false, false)).isEqualTo("""
                        jarvis\tserver\t?\t-\t3d
                        ✗ UnitActive jarvis
                            why  k3s is dead
                            fix  start it
                        ? NodeReady jarvis, ultron; EtcdIsVoter jarvis
                            why  the API does not answer on any server
                        %s
                        """.formatted(report.verdict()));
    }

    @Test
    void showsWhatIsTrueWhenAllIsAskedFor() {
        assertThat(new StatusText(Terminal.PIPE).of(report, true, false)).contains("✓ HostReachable jarvis\n");
        assertThat(new StatusText(Terminal.PIPE).of(report, false, false)).doesNotContain("HostReachable");
    }

    @Test
    void fitsANarrowTerminal() {
        assertThat(new StatusText(NARROW).of(report, true, false).lines())
                .allMatch(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").length() <= 40);
    }
}
