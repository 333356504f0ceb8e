package homelab.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final String FILE = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: metrics}
            spec:
              source: {helm: {values: "retention: 7d\\npassword: hunter2\\n"}}
            """;

    @Test
    void callsWhatIsSyncedAndRunsSoAsGitSays() {
        Standing metrics = Seen.lab().standing("metrics");

        assertThat(metrics.state()).isEqualTo(State.AS_GIT_SAYS);
        assertThat(metrics.now()).containsExactly(Seen.COMMIT);
        assertThat(metrics.workloads()).singleElement().satisfies(workload -> {
            assertThat(workload.right()).isEqualTo(workload.pods()).isEqualTo(1);
            assertThat(workload.differences()).isEmpty();
        });
    }

    @Test
    void namesWhoChangedWhatArgoIsToldNotToCompare() {
        Standing web = Seen.lab().standing("web");

        assertThat(web.application().isSynced()).isTrue();
        assertThat(web.state()).isEqualTo(State.OLD_RUNS);
        assertThat(finding(web, "DifferenceIgnored").why())
                .contains("args of web set by kubectl-patch at 2026-11-21T21:00:00Z")
                .contains("/spec/template/spec/containers/0/args");
        assertThat(web.workloads().get(0).differences())
                .containsExactly(new WorkloadStanding.Difference(
                        "args of web", "--retention=10d", "--retention=30d", List.of("--retention=30d")));
    }

    @Test
    void saysThatArgoHasNotLookedSinceTheChange() {
        Standing web = Seen.lab()
                .with(
                        "applications",
                        text -> text.replaceAll(
                                "\"reconciledAt\":\"[^\"]*\"", "\"reconciledAt\":\"2026-11-21T20:59:00Z\""))
                .standing("web");

        assertThat(finding(web, "ComparisonOld").why()).contains("kubectl-patch");
    }

    @Test
    void findsTheOldPodsOfARolloutThatIsStuck() {
        Standing stuck = Seen.lab().standing("stuck");

        assertThat(stuck.application().isSynced()).isTrue();
        assertThat(stuck.state()).isEqualTo(State.OLD_RUNS);
        assertThat(finding(stuck, "RolloutStuck").why())
                .contains("still run something else", "ProgressDeadlineExceeded", "the new ones wait: ");
        assertThat(stuck.workloads().get(0).right()).isEqualTo(1);
        assertThat(stuck.workloads().get(0).pods()).isEqualTo(3);
    }

    @Test
    void callsARolloutThatMovesBeingRolledOut() {
        Standing stuck = Seen.lab()
                .with(
                        "deployments",
                        text -> text.replaceAll(
                                        "\"status\":\"False\",(\"lastUpdateTime\":\"[^\"]*\",\"lastTransitionTime\":\"[^\"]*\",\"reason\":\"ProgressDeadlineExceeded\")",
                                        "\"status\":\"True\",$1")
                                .replaceAll("(\"type\":\"Progressing\",\"status\":)\"False\"", "$1\"True\""))
                .standing("stuck");

        assertThat(stuck.state()).isEqualTo(State.ROLLING);
    }

    @Test
    void saysThatARolloutWasPaused() {
        Standing stuck = Seen.lab()
                .with(
                        "deployments",
                        text -> text.replace(
                                "\"progressDeadlineSeconds\":30", "\"progressDeadlineSeconds\":30,\"paused\":true"))
                .standing("stuck");

        assertThat(finding(stuck, "RolloutPaused").fix()).isEqualTo("kubectl -n stuck rollout resume deployment/stuck");
    }

    @Test
    void findsAnApplicationThatIsNotAsItsFileAndHidesWhatMayBeSecret() {
        Standing metrics = Seen.lab()
                .withGit(new Reading.Known<>(new GitAsk.Seen(Seen.COMMIT, Map.of("apps/metrics.yaml", FILE))))
                .standing("metrics");

        assertThat(metrics.application().isSynced()).isTrue();
        assertThat(metrics.state()).isEqualTo(State.OLD_OBJECT);
        Finding finding = finding(metrics, "ApplicationNotAsFile");
        assertThat(finding.why())
                .isEqualTo("value retention is 10d, in the file 7d; value password is otherwise (apps/metrics.yaml)");
        assertThat(finding.fix()).startsWith("kubectl apply -f apps/metrics.yaml");
    }

    @Test
    void isNotMisledByATemplateOrAnotherApplication() {
        String template = "kind: Application\nmetadata: {name: {{ .name }}}\n";
        Standing metrics = Seen.lab()
                .withGit(new Reading.Known<>(new GitAsk.Seen(
                        Seen.COMMIT,
                        Map.of("a.yaml", template, "b.yaml", FILE.replace("name: metrics", "name: other")))))
                .standing("metrics");

        assertThat(metrics.state()).isEqualTo(State.AS_GIT_SAYS);
        assertThat(finding(metrics, "ValuesInObject").weight()).isEqualTo(Finding.Weight.DANGER);
    }

    @Test
    void seesThatGitIsAhead() {
        Standing root = Seen.lab()
                .withGit(new Reading.Known<>(new GitAsk.Seen("b".repeat(40), Map.of())))
                .standing("root");

        assertThat(root.state()).isEqualTo(State.BEHIND);
        assertThat(finding(root, "BehindGit").why()).startsWith("main is bbbbbbb in Git, Argo CD compared 3aab927");
    }

    @Test
    void tellsWhenGitCouldNotBeAskedAndDoesNotCallItFine() {
        Standing root = Seen.lab().withGit(new Reading.Unknown<>("no route")).standing("root");

        assertThat(root.now()).containsExactly("?");
        assertThat(root.state()).isEqualTo(State.UNKNOWN);
        assertThat(finding(root, "GitNotAsked").weight()).isEqualTo(Finding.Weight.UNKNOWN);
    }

    @Test
    void takesWhatWasAppliedLastWhenTheRenderedFilesCannotBeSeen() {
        Standing web = Seen.lab().with("cache", text -> "").standing("web");

        assertThat(web.state()).isEqualTo(State.OLD_RUNS);
        assertThat(finding(web, "RenderedNotSeen").why()).contains("no Redis of Argo CD runs");
        assertThat(finding(web, "DifferenceIgnored").why()).contains("kubectl-patch");
    }

    @Test
    void namesAPauseAndThatItIsOverdue() {
        Seen paused = Seen.lab()
                .with(
                        "applications",
                        text -> text.replace(
                                "\"name\":\"web\",\"namespace\":\"argocd\"",
                                "\"name\":\"web\",\"namespace\":\"argocd\",\"annotations\":{\"argocd.argoproj.io/skip-reconcile\":\"true\","
                                        + "\"homelab/paused-for\":\"disk\",\"homelab/paused-at\":\"2026-11-21T20:00:00Z\","
                                        + "\"homelab/paused-until\":\"2026-11-21T22:00:00Z\"}"));

        assertThat(finding(paused.standing("web"), "Paused").why()).contains("to end at 2026-11-21T22:00:00Z: disk");
        assertThat(finding(paused.at(Instant.parse("2026-11-21T22:00:01Z")).standing("web"), "PauseExpired")
                        .why())
                .contains("was to end at");
    }

    @Test
    void listsWhatADeletionWouldTake() {
        Standing root = cascading(Seen.lab()).standing("root");

        assertThat(finding(root, "DeletionCascades").why())
                .isEqualTo("deleting it deletes what it manages: Application argocd/stuck, Application argocd/web");
        assertThat(finding(root, "DeletionCascades").fix()).contains("\"finalizers\":null");
        assertThat(root.state()).isEqualTo(State.AS_GIT_SAYS);
    }

    @Test
    void namesAnApplicationThatManagesArgoItself() {
        Standing root = cascading(Seen.lab())
                .with(
                        "applications",
                        text -> text.replaceFirst(
                                "\"kind\":\"Application\",\"name\":\"stuck\"",
                                "\"kind\":\"CustomResourceDefinition\",\"name\":\"applications.argoproj.io\""))
                .standing("root");

        assertThat(finding(root, "ManagesArgoItself").why()).contains("Argo CD would delete itself");
    }

    private static Seen cascading(Seen seen) {
        return seen.with(
                "applications",
                text -> text.replace(
                        "\"name\":\"root\",\"namespace\":\"argocd\"",
                        "\"name\":\"root\",\"namespace\":\"argocd\",\"finalizers\":[\"resources-finalizer.argocd.argoproj.io\"]"));
    }

    private static Finding finding(Standing standing, String name) {
        return standing.findings().stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(standing.findings().toString()));
    }
}
