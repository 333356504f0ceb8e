package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.problem.Problem;
import homelab.recovery.Decision;
import homelab.recovery.Evidence;
import homelab.recovery.EvidenceReader;
import homelab.recovery.Wish;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxProblemsTest {
    private static final String SEEN = "kubelet 900\nok s\nok c\nok t\nok b\nok h\nok k\nok p\nend\n";
    private static final String BARRED =
            "s dead default web-0 u-1 1 notready 1700000100 -\nk sandbox web-0_default_u-1_1 dead 9 4\n";

    private static List<Problem> told(String evidence) {
        Evidence read = EvidenceReader.read("homelab-evidence 1\n" + evidence);
        return SandboxProblems.of(new SandboxesSeen(new NodeName("ultron"), read, Decision.of(read, Wish.NONE)));
    }

    @Test
    void saysNothingOfAPodThatIsAboutToBeFreed() {
        assertThat(told("runtime answers\n" + BARRED + "p u-1 default web-0 Running Always - 700 - - -\n" + SEEN))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', is not there yet, wait three minutes",
        "'z default/web-0 1 240', does not come to an end, systemctl restart k3s",
        "'n 512 containerd copy_net_ns', does not come to an end, homelab reboot"
    })
    void namesWhatHelpsASandboxThatDoesNotComeToAnEnd(String seen, String what, String fix) {
        List<Problem> problems = told("runtime answers\nk sandbox web-0_default_u-1_1 other 9 4\n" + seen
                + "\np u-1 default web-0 Pending Always - 700 - - -\n" + SEEN);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("default/web-0", what);
            assertThat(problem.fix()).contains(fix);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "p u-1 default web-0 Running Never - 700 - - -, default/web-0 is barred and was left, --rerun default/web-0",
        "b dead, default/web-0 is barred by one that was left, in a minute",
        "g u-1 2, default/web-0 is barred again after two removals, timedatectl"
    })
    void namesEachPodThatStaysBarred(String seen, String what, String fix) {
        assertThat(told("runtime answers\n" + BARRED + seen + "\n" + SEEN))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).isEqualTo("ultron: " + what);
                    assertThat(problem.fix()).contains(fix);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "runtime hangs, containerd runs and does not answer, restart k3s",
        "runtime off, containerd does not run, homelab doctor --node ultron",
        "'runtime off\nf recover 12 3', class D: containerd cannot start, --offline --node ultron"
    })
    void tellsOfARuntimeThatCannotBeAsked(String seen, String what, String fix) {
        assertThat(told(seen + "\nkubelet 0\nend\n")).singleElement().satisfies(problem -> {
            assertThat(problem.what().replace(",", "")).contains(what);
            assertThat(problem.fix()).contains(fix);
        });
    }
}
