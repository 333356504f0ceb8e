package homelab.resource.argo;

import static homelab.resource.argo.Cluster.application;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Problem;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Status;
import homelab.resource.Status.Drift;
import homelab.resource.Status.Refused;
import homelab.resource.Worst;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RootApplicationTest {
    private static final Map<String, Object> SPEC = Map.of(
            "source", Map.of("path", "clusters/home"),
            "syncPolicy", Map.of("automated", Map.of("selfHeal", true)));
    private static final RootApplication ROOT = new RootApplication("argocd", "root", SPEC, 0, false);
    private static final String OURS = """
            ,"labels":{"app.kubernetes.io/managed-by":"homelab"},"annotations":{"argocd.argoproj.io/sync-wave":"0"}""";
    private static final String AS_WANTED = """
            "source":{"path":"clusters/home"},"syncPolicy":{"automated":{"selfHeal":true}}""";
    private static final String CASCADES = ",\"finalizers\":[\"resources-finalizer.argocd.argoproj.io/background\"]";
    private static final String CHILDREN = """
            "resources":[{"kind":"Application","namespace":"argocd","name":"web"},{"kind":"Namespace","name":"web"}]""";

    @Test
    void hasNothingToDoWhereItIsAsWanted() {
        assertThat(Cluster.judges(ROOT, application("root", OURS, AS_WANTED, "")))
                .isEqualTo(Status.SAME);
    }

    @Test
    void doesNotCountWhatArgoCdTakesAwayBecauseItIsFalse() {
        String explicit = AS_WANTED.replace("\"selfHeal\":true", "\"selfHeal\":true,\"prune\":false");
        assertThat(Cluster.judges(ROOT, application("root", OURS, explicit, "")))
                .isEqualTo(Status.SAME);
        assertThat(Cluster.judges(ROOT, application("root", OURS, explicit.replace("false", "true"), "")))
                .isInstanceOf(Drift.class);
    }

    @Test
    void showsEachFieldThatIsToBe() {
        Drift drift = (Drift) Cluster.judges(ROOT);
        assertThat(drift.worst()).isEqualTo(Worst.CREATE);
        assertThat(drift.changes())
                .containsExactlyInAnyOrder(
                        new Change("Application argocd/root", "absent", "present"),
                        new Change("spec.source.path", "absent", "clusters/home"),
                        new Change("spec.syncPolicy.automated.selfHeal", "absent", "true"));
    }

    @Test
    void showsWhatSomebodyChangedOrAddedAndMendsAllOfIt() {
        String edited = "\"source\":{\"path\":\"elsewhere\"},\"syncPolicy\":{},\"info\":[{\"name\":\"x\"}]";
        assertThat(((Drift) Cluster.judges(ROOT, application("root", OURS, edited, ""))).changes())
                .containsExactlyInAnyOrder(
                        new Change("spec.source.path", "elsewhere", "clusters/home"),
                        new Change("spec.syncPolicy", "{}", "absent"),
                        new Change("spec.syncPolicy.automated.selfHeal", "absent", "true"),
                        new Change("spec.info[0].name", "x", "absent"));
        assertThat(((Deed.Shell) ROOT.deed()).script()).contains("--type=json");
    }

    @Test
    void refusesARootWhoseDeletionDeletesAndNamesWhatWouldGo() {
        Problem problem = refusal(ROOT, application("root", OURS + CASCADES, AS_WANTED, CHILDREN));

        assertThat(problem.what()).isEqualTo("Application argocd/root: its deletion would delete what it manages");
        assertThat(problem.why())
                .contains("for which the inventory does not ask", "Application argocd/web, Namespace web");
        assertThat(problem.fix()).contains("'{\"metadata\":{\"finalizers\":null}}'", "resources-finalizer: true");
    }

    @Test
    void leavesAFinalizerThatTheInventoryAsksFor() {
        RootApplication asked = new RootApplication("argocd", "root", SPEC, 0, true);

        assertThat(Cluster.judges(asked, application("root", OURS + CASCADES, AS_WANTED, "")))
                .isEqualTo(Status.SAME);
        Drift drift = (Drift) Cluster.judges(asked, application("root", OURS, AS_WANTED, ""));
        assertThat(drift.changes())
                .containsExactly(new Change(
                        "metadata.finalizers",
                        "absent",
                        "resources-finalizer.argocd.argoproj.io: its deletion deletes what it manages"));
    }

    @Test
    void writesNoFinalizerUnlessAsked() {
        assertThat(decoded(ROOT)).contains("\"kind\":\"Application\"").doesNotContain("finalizers");
        assertThat(decoded(new RootApplication("argocd", "root", SPEC, 0, true)))
                .contains("\"finalizers\":[\"resources-finalizer.argocd.argoproj.io\"]");
    }

    private static String decoded(RootApplication root) {
        StringBuilder text = new StringBuilder();
        for (String part : ((Deed.Shell) root.deed()).script().split("<<'HOMELAB'[^\n]*\n")) {
            String block = part.split("\nHOMELAB")[0].replace("\n", "");
            if (block.matches("[A-Za-z0-9+/=]+")) {
                text.append(new String(
                        java.util.Base64.getDecoder().decode(block), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    @Test
    void refusesOneThatIsBeingDeletedAndOneThatGitMakes() {
        String deleting = OURS + CASCADES + ",\"deletionTimestamp\":\"2026-11-21T20:00:00Z\"";
        assertThat(refusal(ROOT, application("root", deleting, AS_WANTED, CHILDREN))
                        .why())
                .isEqualTo("what it manages goes first: Application argocd/web, Namespace web");

        String tracked =
                ",\"annotations\":{\"argocd.argoproj.io/tracking-id\":\"all:argoproj.io/Application:argocd/root\"}";
        assertThat(refusal(ROOT, application("root", tracked, AS_WANTED, "")).what())
                .isEqualTo("Application argocd/root: is made by the Application all");
        String labelled = ",\"labels\":{\"argocd.argoproj.io/instance\":\"all\"}";
        assertThat(refusal(ROOT, application("root", labelled, AS_WANTED, "")).what())
                .isEqualTo("Application argocd/root: is made by the Application all");
    }

    private static Problem refusal(RootApplication root, String application) {
        return ((Refused) Cluster.judges(root, application)).problem();
    }

    @Test
    void showsThatItTakesOverWhatSomebodyElseMade() {
        Drift drift = (Drift) Cluster.judges(ROOT, application("root", "", AS_WANTED, ""));
        assertThat(drift.changes())
                .containsExactly(new Change("owner", "somebody", "homelab"), new Change("wave", "absent", "0"));
        assertThat(ROOT.kept(Cluster.readings(application("root", "", AS_WANTED, ""))))
                .containsExactly("Application argocd/root was not made by homelab");
    }

    @Test
    void waitsForArgoCd() {
        assertThat(ROOT.status(Cluster.withoutArgoCd()))
                .isEqualTo(new Status.Waits("Argo CD is installed", Worst.CREATE));
    }
}
