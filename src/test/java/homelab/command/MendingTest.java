package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Check;
import homelab.doctor.Checks;
import homelab.doctor.Checkup;
import homelab.doctor.Finding;
import homelab.doctor.Page;
import homelab.doctor.Verdict;
import homelab.phase.Clusters;
import homelab.phase.HostPhase;
import homelab.plan.Step;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MendingTest {

    @Test
    void takesOfBootstrapOnlyWhatMendsAFindingWhereItWasFound() {
        Mending mending = Mending.of(
                found(
                        new Finding("HOST-006", Verdict.WARN, "ultron", "nothing keeps its clock"),
                        new Finding("HOST-006", Verdict.PASS, "jarvis", "right"),
                        new Finding("HOST-004", Verdict.FAIL, "ultron", "cgroups are off"),
                        new Finding("HOST-005", Verdict.UNKNOWN, "ultron", "not seen")),
                Checks.all());

        List<Step> steps = mending.of(List.of(new HostPhase())).get(0).steps(Clusters.site(Clusters.twoPis()));

        assertThat(steps)
                .extracting(step -> step.target() + " " + step.resource().id())
                .hasSize(1)
                .allMatch(step -> step.contains("ultron") && step.endsWith("time service"));
    }

    @Test
    void whatDoctorMendsIsCalledSafeAndIsAResourceOfBootstrap() {
        List<String> known = new HostPhase()
                .steps(Clusters.site(Clusters.twoPis())).stream()
                        .map(step -> step.resource().id())
                        .toList();
        List<Check> mending = Checks.all().stream()
                .filter(check -> !check.mendedBy().isEmpty())
                .toList();

        assertThat(mending).extracting(Check::id).contains("HOST-005", "HOST-006", "HOST-012");
        for (Check check : mending) {
            assertThat(Page.of(check.id()).isSafe()).as(check.id()).isTrue();
            if (check.id().startsWith("HOST")) {
                assertThat(known).containsAll(check.mendedBy());
            }
        }
    }

    private static Checkup found(Finding... findings) {
        return new Checkup("home", Instant.EPOCH, 4, Arrays.asList(findings), List.of(), 0, List.of());
    }
}
