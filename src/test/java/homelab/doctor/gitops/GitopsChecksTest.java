package homelab.doctor.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Finding;
import homelab.doctor.Houses;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import homelab.doctor.Verdict;
import homelab.doctor.Verdicts;
import homelab.model.Addons;
import homelab.model.ArgoCd;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.Gitops;
import homelab.model.Role;
import homelab.phase.Clusters;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitopsChecksTest {
    private static final String ITSELF =
            "{\"group\": \"apps\", \"kind\": \"Deployment\", \"namespace\": \"argocd\", \"name\": \"argocd-repo-server\"}";
    private static final String FINALIZER = "\"finalizers\": [\"resources-finalizer.argocd.argoproj.io\"]";
    private static final String PRUNE = "{\"syncPolicy\": {\"automated\": {\"prune\": true}}}";

    private static String application(String name, String metadata, String spec, String status) {
        return "{\"metadata\": {\"namespace\": \"argocd\", \"name\": \"" + name + "\""
                + (metadata.isEmpty() ? "" : ", ") + metadata + "}, \"spec\": " + spec + ", \"status\": " + status
                + "}";
    }

    private static Houses house(String... applications) {
        return Houses.twoPis().lists(Applications.ALL, "[" + String.join(",", applications) + "]");
    }

    private static String managing(String... resources) {
        return "{\"resources\": [" + String.join(",", resources) + "]}";
    }

    @Test
    void failsOfAnApplicationThatMayDeleteArgoCdItself() {
        Finding finalizer =
                Verdicts.one(new SelfManaged(), house(application("argo", FINALIZER, "{}", managing(ITSELF))));
        assertThat(finalizer.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finalizer.fix()).contains("\"finalizers\":null");
        Finding prune = Verdicts.one(new SelfManaged(), house(application("argo", "", PRUNE, managing(ITSELF))));
        assertThat(prune.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(prune.fix()).contains("\"prune\":false");
    }

    @Test
    void warnsOfOneThatOnlyManagesArgoCdAndPassesOneThatManagesItsNeighbours() {
        assertThat(Verdicts.of(new SelfManaged(), house(application("argo", "", "{}", managing(ITSELF)))))
                .containsExactly("WARN Application argocd/argo");
        String other = ITSELF.replace("argocd-repo-server", "web");
        assertThat(Verdicts.of(new SelfManaged(), house(application("web", FINALIZER, PRUNE, managing(other)))))
                .containsExactly("PASS cluster");
    }

    private static String child(String sync) {
        return "{\"group\": \"argoproj.io\", \"kind\": \"Application\", \"namespace\": \"argocd\", \"name\": \"web\","
                + " \"status\": \"" + sync + "\"}";
    }

    @ParameterizedTest
    @CsvSource({"Synced, PASS", "OutOfSync, FAIL"})
    void saysOfAChildWhatItsParentSaysOfIt(String sync, Verdict verdict) {
        Houses houses = house(
                application(
                        "root", "\"ownerReferences\": [{\"kind\": \"ApplicationSet\"}]", "{}", managing(child(sync))),
                application("web", "", "{}", "{}"));

        assertThat(Verdicts.of(new ObjectAsFile(), houses))
                .containsExactly("PASS Application argocd/root", verdict + " Application argocd/web");
    }

    @Test
    void warnsOfOneThatNobodyBrings() {
        assertThat(Verdicts.of(new ObjectAsFile(), house(application("web", "", "{}", "{}"))))
                .containsExactly("WARN Application argocd/web");
    }

    private static Finding byHand(String says) {
        return Verdicts.one(
                new ObjectAsFile(),
                house(application("web", "", "{}", "{}"))
                        .lists(
                                GitFiles.FILES,
                                "[{\"metadata\": {\"namespace\": \"argocd\", \"name\": \"web\"}, " + says + "}]"));
    }

    @Test
    void holdsOneThatNobodyBringsAgainstItsFile() {
        String differs = "\"file\": \"apps/web.yaml\", \"differs\": [\"%s\"]";

        assertThat(byHand(differs.formatted("source.targetRevision is v1, in the file v2")))
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
                    assertThat(finding.evidence())
                            .containsExactly(
                                    "source.targetRevision is v1, in the file v2", "its file in Git is apps/web.yaml");
                });
        assertThat(byHand(differs.formatted("source.helm.values is otherwise")).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(byHand(differs.formatted("syncPolicy.automated is otherwise"))
                        .verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(byHand(differs.formatted("project is default, in the file home"))
                        .verdict())
                .isEqualTo(Verdict.WARN);
        assertThat(byHand("\"file\": \"apps/web.yaml\", \"differs\": []").what())
                .contains("it is as its file says now");
    }

    @Test
    void saysWhyItsFileWasNotRead() {
        assertThat(byHand("\"file\": \"\", \"unread\": [\"git://lan main: refused\"]")
                        .evidence())
                .containsExactly("git://lan main: refused");
        assertThat(byHand("\"file\": \"\"").evidence())
                .containsExactly("no repository of an Application holds a file for it");
        assertThat(Verdicts.one(new ObjectAsFile(), house(application("web", "", "{}", "{}")))
                        .evidence())
                .containsExactly("its file in Git was not read: nobody asked for it");
    }

    private static Cluster withGitops() {
        Gitops.Entry root = new Gitops.Entry("root", "clusters/home", 0, true, true, false);
        Gitops gitops = new Gitops("https://git.lan/home", "main", "default", Optional.empty(), root, List.of());
        Addons none = Addons.NONE;
        Addons addons = new Addons(
                none.helmVersion(),
                none.helmDownloads(),
                none.releases(),
                new ArgoCd(Optional.empty(), Optional.empty(), Optional.of(gitops)),
                none.bundled(),
                none.registries());
        return Clusters.of(Backend.VXLAN, List.of(), addons, Clusters.node("jarvis", Role.SERVER, 10, 22));
    }

    @ParameterizedTest
    @CsvSource({
        "clusters/home, main, true, PASS",
        "apps, main, true, FAIL",
        "clusters/home, v1, true, FAIL",
        "clusters/home, main, false, FAIL"
    })
    void holdsTheRootAgainstTheInventory(String path, String revision, boolean prune, Verdict verdict) {
        String spec =
                "{\"source\": {\"path\": \"%s\", \"targetRevision\": \"%s\"}, \"syncPolicy\": {\"automated\": {\"prune\": %s}}}"
                        .formatted(path, revision, prune);

        assertThat(Verdicts.one(
                                new ObjectAsFile(),
                                Houses.of(withGitops())
                                        .lists(Applications.ALL, "[" + application("root", "", spec, "{}") + "]"))
                        .verdict())
                .isEqualTo(verdict);
    }

    private static Houses running(String podImage, String podMemory, String workload, String status) {
        String template =
                "{\"containers\": [{\"name\": \"c\", \"image\": \"web:2\", \"resources\": {\"limits\": {\"memory\":"
                        + " \"1Gi\"}}}]}";
        String managed = "{\"group\": \"apps\", \"kind\": \"StatefulSet\", \"namespace\": \"web\", \"name\": \"db\"}";
        return house(application("web", "", "{}", managing(managed)))
                .lists(RunsAsTold.WORKLOADS.get("Deployment"), "[]")
                .lists(RunsAsTold.WORKLOADS.get("DaemonSet"), "[]")
                .lists(
                        RunsAsTold.WORKLOADS.get("StatefulSet"),
                        "[{\"metadata\": {\"namespace\": \"web\", \"name\": \"db\", \"generation\": 2}, \"spec\": {"
                                + workload + "\"template\": {\"spec\": " + template + "}}, \"status\": " + status
                                + "}]")
                .lists(
                        Objects.PODS,
                        "[{\"metadata\": {\"namespace\": \"web\", \"name\": \"db-0\", \"ownerReferences\": [{\"kind\":"
                                + " \"StatefulSet\", \"name\": \"db\"}]}, \"spec\": "
                                + template.replace("web:2", podImage).replace("1Gi", podMemory) + "}]");
    }

    @Test
    void warnsOfOldPodsWhileTheyAreReplacedAndFailsWhenThatDoesNotGoOn() {
        String seen = "{\"observedGeneration\": 2}";

        assertThat(Verdicts.of(new RunsAsTold(), running("web:2", "1024Mi", "", seen)))
                .containsExactly("PASS cluster");
        Finding rolling = Verdicts.one(new RunsAsTold(), running("web:1", "1Gi", "", seen));
        assertThat(rolling.verdict()).isEqualTo(Verdict.WARN);
        assertThat(rolling.evidence()).containsExactly("Pod web/db-0, container c: image web:1, told web:2");
        Finding waits = Verdicts.one(
                new RunsAsTold(), running("web:2", "512Mi", "\"updateStrategy\": {\"type\": \"OnDelete\"}, ", seen));
        assertThat(waits.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(waits.what()).contains("only when they are deleted");
        assertThat(Verdicts.one(new RunsAsTold(), running("web:1", "1Gi", "", "{\"observedGeneration\": 1}"))
                        .verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(Verdicts.one(new RunsAsTold(), running("web:1", "1Gi", "\"paused\": true, ", seen))
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"valueFiles\": [\"a.yaml\"], \"values\": true} | WARN Application argocd/web",
                "{\"valueFiles\": [\"a.yaml\"], \"valuesObject\": true} | WARN Application argocd/web",
                "{\"valueFiles\": [\"a.yaml\"], \"parameters\": [{\"name\": \"x\"}]} | WARN Application argocd/web",
                "{\"valueFiles\": [\"a.yaml\"]} | PASS cluster",
                "{\"values\": true} | PASS cluster"
            })
    void warnsOfValuesInTwoPlaces(String helm, String wanted) {
        Houses houses = running("web:2", "1Gi", "", "{\"observedGeneration\": 2}")
                .lists(
                        Applications.ALL,
                        "[" + application("web", "", "{\"source\": {\"helm\": " + helm + "}}", "{}") + "]");

        assertThat(Verdicts.of(new RunsAsTold(), houses)).containsExactly(wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "Synced, Healthy, Succeeded, 2026-11-22T03:00:00Z, PASS",
        "Synced, Progressing, Succeeded, 2026-11-22T03:00:00Z, PASS",
        "Synced, Degraded, Succeeded, 2026-11-22T03:00:00Z, FAIL",
        "Synced, Healthy, Failed, 2026-11-22T03:00:00Z, FAIL",
        "OutOfSync, Healthy, Succeeded, 2026-11-22T03:43:00Z, WARN",
        "OutOfSync, Healthy, Succeeded, 2026-11-22T03:45:00Z, PASS",
        "Synced, Missing, Succeeded, 2026-11-22T03:00:00Z, WARN",
        "Unknown, Healthy, Succeeded, 2026-11-22T03:00:00Z, UNKNOWN"
    })
    void saysWhatArgoCdSays(String sync, String health, String phase, String at, Verdict verdict) {
        String status = """
                {"sync": {"status": "%s"}, "health": {"status": "%s"}, "operationState": {"phase": "%s", "finishedAt": "%s"}}""".formatted(sync, health, phase, at);

        assertThat(Verdicts.one(new SyncAndHealth(), house(application("web", "", PRUNE, status)))
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void failsOfWhatCannotBeComparedAndWarnsOfWarnings() {
        String status =
                "{\"sync\": {\"status\": \"Synced\"}, \"health\": {\"status\": \"Healthy\"}, \"conditions\": [{\"type\":"
                        + " \"ComparisonError\", \"message\": \"no such path\"}]}";

        Finding error = Verdicts.one(new SyncAndHealth(), house(application("web", "", "{}", status)));
        assertThat(error.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(error.evidence()).contains("ComparisonError: no such path");
        assertThat(Verdicts.of(
                        new SyncAndHealth(),
                        house(application(
                                "web", "", "{}", status.replace("ComparisonError", "SharedResourceWarning")))))
                .containsExactly("WARN Application argocd/web");
    }

    @Test
    void doesNotApplyWithoutArgoCd() {
        Houses none = Houses.twoPis().listsNothing(Applications.ALL, Listing.NOT_INSTALLED);

        GitopsChecks.all()
                .forEach(check -> assertThat(Verdicts.of(check, none)).containsExactly("NOT_APPLICABLE cluster"));
    }

    @ParameterizedTest
    @CsvSource({"7d, 7d, PASS", "7d, 10d, FAIL", "'', 10d, PASS"})
    void failsOfAPrometheusThatRunsWithAnotherRetentionThanItWasTold(String told, String runs, Verdict verdict) {
        String pod = "[{\"metadata\": {\"namespace\": \"monitoring\", \"name\": \"prometheus-home-0\", \"labels\":"
                + " {\"operator.prometheus.io/name\": \"home\"}}, \"spec\": {\"containers\": [{\"name\": \"prometheus\","
                + " \"args\": [\"--storage.tsdb.retention.time=" + runs + "\"]}]}}]";
        Houses houses = house().lists(RunsAsTold.WORKLOADS.get("Deployment"), "[]")
                .lists(RunsAsTold.WORKLOADS.get("DaemonSet"), "[]")
                .lists(RunsAsTold.WORKLOADS.get("StatefulSet"), "[]")
                .lists(Objects.PODS, pod)
                .lists(
                        Retention.TOLD,
                        "[{\"metadata\": {\"namespace\": \"monitoring\", \"name\": \"home\"}, \"spec\": {\"retention\": \""
                                + told + "\"}}]");

        Finding finding = Verdicts.one(new RunsAsTold(), houses);
        assertThat(finding.verdict()).isEqualTo(verdict);
        assertThat(verdict == Verdict.PASS
                        || finding.evidence()
                                .equals(List.of("Pod monitoring/prometheus-home-0: --storage.tsdb.retention.time=10d,"
                                        + " told 7d")))
                .isTrue();
    }
}
