package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.gitops.Application;
import homelab.gitops.Finding;
import homelab.gitops.Id;
import homelab.gitops.Pause;
import homelab.gitops.Standing;
import homelab.gitops.State;
import homelab.gitops.WorkloadStanding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GitopsTextTest {
    private static final Terminal NARROW = new Terminal(40, false, true, true);
    private static final Instant NOW = Instant.parse("2026-11-21T21:00:00Z");
    private static final Id WEB = new Id("apps", "Deployment", "web", "web");

    private final Standing standing = new Standing(
            application(),
            State.OLD_RUNS,
            Pause.none(),
            List.of("3aab927fba2c8e90600f8d07a65d154fd2310b80"),
            List.of(new WorkloadStanding(
                    WEB,
                    List.of(new WorkloadStanding.Difference(
                            "args of web", "--retention=7d", "--retention=10d", List.of("--retention=10d\u001b[2J"))),
                    2,
                    0,
                    1,
                    true)),
            List.of(new Finding(
                    Finding.Weight.WRONG, "DifferenceIgnored", WEB.toString(), "set by kubectl-patch", "take it out")));

    private static Application application() {
        return new Application(
                "argocd",
                "web",
                List.of(),
                "Synced",
                List.of("3aab927fba2c8e90600f8d07a65d154fd2310b80"),
                "Healthy",
                Optional.empty(),
                Optional.of(NOW.minusSeconds(180)),
                List.of(),
                Optional.empty(),
                true,
                true,
                false,
                List.of(),
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                "{}");
    }

    @Test
    void setsGitBesideTheApplicationBesideWhatRuns() {
        assertThat(new GitopsText(Terminal.PIPE, NOW).of(List.of(standing))).isEqualTo("""
                        web\tSynced, something else runs\t3aab927\t3aab927 Synced Healthy 3m ago\t\
                        0/2 pods as Git says, 1 ready
                          Deployment web/web: args of web
                            git     --retention=7d
                            object  --retention=10d
                            runs    --retention=10d\\x1b[2J
                        ✗ DifferenceIgnored Deployment web/web
                            why     set by kubectl-patch
                            fix     take it out
                        0 of 1 Applications as Git says
                        """);
    }

    @Test
    void fitsANarrowTerminal() {
        assertThat(new GitopsText(NARROW, NOW).of(List.of(standing)).lines()).allMatch(line -> line.length() <= 40);
    }

    @Test
    void namesItsSchemaAndTheStateForPrograms() {
        assertThat(GitopsText.json(List.of(standing), NOW))
                .contains("\"schema\" : \"homelab/gitops-status/v1\"", "\"state\" : \"OLD_RUNS\"", "\"right\" : 0");
    }
}
