package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** From bare hosts to Applications of a private repository by the real Argo CD; then the days on which that goes wrong. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(480)
class GitopsStory {
    private static final String BY_KEY = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: by-key, namespace: default}
            data: {from: Git over SSH}
            """;

    private static WholeCluster whole;
    private static Lab lab;
    private static Homelab homelab;
    private static GitTree git;

    @BeforeAll
    static void aClusterWithArgoCd(WholeCluster shared) {
        whole = shared;
        lab = whole.lab();
        homelab = whole.homelab();
        git = whole.git();
    }

    @Test
    @Order(1)
    void endsWithWhatGitSaysAndNothingLeftToDo() throws IOException {
        Run run = whole.bootstrapped();

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        nothingToDo();
        assertThat(application("root", "{.status.sync.status} {.status.health.status} {.metadata.finalizers}"))
                .isEqualTo("Synced Healthy");
        assertThat(kubectl("get deployment web -o jsonpath='{.status.readyReplicas}'"))
                .isEqualTo("1");
        assertThat(kubectl("get pods -n argocd -o name")).doesNotContain("dex", "notifications");
        neverShown(run.out() + run.err());
    }

    private static void neverShown(String said) throws IOException {
        assertThat(said + journals()).contains("gitops-root").doesNotContain(WholeCluster.ADMIN, WholeCluster.GIT);
    }

    private static String journals() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String file : homelab.files()) {
            if (file.endsWith(".jsonl")) {
                all.append(Files.readString(Path.of(file)));
            }
        }
        return all.toString();
    }

    @Test
    @Order(2)
    void letsTheAdminInByTheInventorysPasswordAlone() {
        assertThat(login(WholeCluster.ADMIN)).contains("\"token\":");
        assertThat(login("wrong")).contains("Invalid username or password");
        assertThat(kubectl("get secrets -n argocd -o name")).doesNotContain("initial-admin");
        Told.problem(
                homelab.run("gitops", "password"),
                Exit.REFUSED,
                "there is no first password of Argo CD to show",
                "the password was changed",
                "addons.argocd.admin-password");
    }

    private static String login(String password) {
        return throughTheIngress(
                "/api/v1/session -H 'Content-Type: application/json' -d '{\"username\":\"admin\",\"password\":\""
                        + password + "\"}'");
    }

    /** Traefik's double routes nothing, so the request goes the way that the Ingress names, as Traefik would send it. */
    private static String throughTheIngress(String request) {
        return lab.on(Lab.SERVER, """
                kube() { k3s kubectl -n argocd get "$@"; }
                way='{.spec.rules[?(@.host=="HOST")].http.paths[?(@.path=="/")].backend.service'
                class=$(kube ingress argo-cd-argocd-server -o jsonpath='{.spec.ingressClassName}')
                service=$(kube ingress argo-cd-argocd-server -o jsonpath="$way.name}")
                port=$(kube ingress argo-cd-argocd-server -o jsonpath="$way.port.name}")
                [ "$class" = traefik ] && [ -n "$service" ] && [ -n "$port" ] || exit 1
                at=$(kube service "$service" -o jsonpath='{.spec.clusterIP}:{.spec.ports[?(@.name=="'"$port"'")].port}')
                curl -s -m 10 -H 'Host: HOST' http://$at""".replace("HOST", WholeCluster.INGRESS) + request);
    }

    @Test
    @Order(3)
    void answersUnderTheNameOfItsIngressAndSendsNobodyElsewhere() {
        assertThat(throughTheIngress("/api/version -w ' %{http_code}'"))
                .startsWith("{\"Version\":\"v2.14.21")
                .endsWith("} 200");
    }

    @Test
    @Order(4)
    void showsAndMendsWhatWasChangedByHandInADeploymentInValuesAndInTheRoot() {
        kubectl("scale -n argocd deployment/argo-cd-argocd-applicationset-controller --replicas=0");
        kubectl("patch application root -n argocd --type=merge -p '{\"spec\":{\"source\":{\"path\":\"apps\"}}}'");
        lab.on(Lab.SERVER, """
                export KUBECONFIG=/etc/rancher/k3s/k3s.yaml
                chart=$(ls /var/lib/homelab/charts/argo-cd*.tgz | head -n 1)
                /usr/local/lib/homelab/helm upgrade argo-cd "$chart" -n argocd --reuse-values --set server.service.annotations.by=hand
                """);
        kubectl("scale -n argocd deployment/argo-cd-argocd-applicationset-controller --replicas=0");
        kubectl("rollout status -n argocd deployment/argo-cd-argocd-applicationset-controller --timeout=240s");

        assertThat(homelab.run("addons", "plan")
                        .out()
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.contains(" → ") && !line.startsWith("Application root:")))
                .containsExactly(
                        "values server.service.annotations.by: hand → absent",
                        "Deployment argocd/argo-cd-argocd-applicationset-controller spec.replicas: 0 → 1",
                        "spec.source.path: apps → clusters/home");
        applied();
        nothingToDo();
    }

    @Test
    @Order(5)
    void findsTheOldValueThatRunsThoughArgoCdSaysSynced() {
        kubectl("patch deployment web --type=json -p '[{\"op\":\"replace\","
                + "\"path\":\"/spec/template/spec/containers/0/args\",\"value\":[\"30000\"]}]'");
        kubectl("rollout status deployment/web --timeout=240s");
        refresh("web");

        String status = until("status", "Synced, something else runs");
        assertThat(application("web", "{.status.sync.status}")).isEqualTo("Synced");
        assertThat(status).contains("git     70000", "runs    30000");
        assertThat(homelab.run("gitops", "drift", "web").out()).contains("args", "kubectl-patch");
    }

    @Test
    @Order(6)
    void refusesWhateverWouldLetArgoCdBeWiped() {
        finalizers("root", "[\"resources-finalizer.argocd.argoproj.io\"]");
        Told.problem(
                homelab.run("bootstrap", "--yes"),
                Exit.REFUSED,
                "Application argocd/root: its deletion would delete what it manages",
                "it manages .*Application argocd/web",
                "resources-finalizer: true in the inventory");
        finalizers("root", "null");

        lab.on(Lab.SERVER, "k3s kubectl apply -f - <<'E'\n" + """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: argocd-manifests, namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io]}
                spec:
                  project: default
                  source: {repoURL: "https://charts.example", chart: argo-cd, targetRevision: 7.9.1}
                  destination: {server: "https://kubernetes.default.svc", namespace: argocd}
                E
                """);
        Told.problem(
                homelab.run("addons", "apply", "--yes"),
                Exit.REFUSED,
                "Application argocd-manifests manages Argo CD itself",
                "Argo CD would delete itself",
                "finalizers\":null");
        finalizers("argocd-manifests", "null");
        kubectl("delete application argocd-manifests -n argocd");
    }

    private static void finalizers(String name, String value) {
        kubectl("patch application " + name + " -n argocd --type=merge -p '{\"metadata\":{\"finalizers\":" + value
                + "}}'");
    }

    @Test
    @Order(7)
    void leavesWhatRunsWhenTheRootIsDeletedAndMakesTheRootAgain() {
        kubectl("delete application root -n argocd --timeout=30s");
        lab.on(Lab.SERVER, "k3s kubectl apply -f - <<'E'\n" + """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: old, namespace: argocd, labels: {app.kubernetes.io/managed-by: homelab}}
                spec:
                  project: default
                  source: {repoURL: "https://git.example", path: old, targetRevision: main}
                  destination: {server: "https://kubernetes.default.svc", namespace: argocd}
                E
                """);

        assertThat(kubectl("get application web -n argocd -o name")).contains("web");
        assertThat(kubectl("get deployment web -o jsonpath='{.status.readyReplicas}'"))
                .isEqualTo("1");
        assertThat(homelab.run("addons", "plan").out())
                .contains("create   Application argocd/root", "Application argocd/old: present; what it manages stays");
        applied();
        nothingToDo();
        assertThat(kubectl("get applications -n argocd -o name")).doesNotContain("/old");
    }

    @Test
    @Order(8)
    void tellsOfABadManifestOfAHookThatDoesNotEndAndOfWhatADeletionWouldTake() {
        git.application("bad", "", "")
                .write("apps/bad/it.yaml", "apiVersion: apps/v1\nkind: Deployment\n  metadata: [\n");
        git.application("hooked", ", finalizers: [resources-finalizer.argocd.argoproj.io]", "")
                .endlessHook("hooked")
                .deployment("hooked", "90000");
        git.application("web", ", finalizers: [resources-finalizer.argocd.argoproj.io]", "")
                .push();
        refresh("root");

        String status = until("status", "CannotCompare", "waiting for completion of hook", "DeletionCascades");
        assertThat(status)
                .containsPattern("CannotCompare Application bad\n.*why .*yaml")
                .containsPattern("Syncing Application hooked\n.*batch/Job/hooked-hook")
                .containsPattern("DeletionCascades Application web\n.*Deployment default/web");
    }

    @Test
    @Order(9)
    void aGitThatIsAwayIsNamedAndHoldsUpNobody() {
        lab.breakDown(GitTree.NAME);
        refresh("web");

        assertThat(until("status", "CannotCompare Application web")).contains("503");
        assertThat(kubectl("get deployment web -o jsonpath='{.status.readyReplicas}'"))
                .isEqualTo("1");
        assertThat(homelab.run("addons", "plan").out()).doesNotContain("create", "change", "restart");
    }

    /** A root of its own in place of the other, whose Git is still away. */
    @Test
    @Order(10)
    void readsARepositoryOverSshByAKey() throws IOException {
        git.write("clusters/by-key/kept.yaml", BY_KEY).push();
        Homelab user = homelab.where(
                        "repo: " + git.url() + ", path: clusters/home",
                        "name: by-key, repo: " + whole.ssh() + ", path: clusters/by-key")
                .where(
                        "{username: tony, password: {file: git-password}}",
                        "{ssh-key: {file: " + WholeCluster.KEY + "}}");

        Run run = user.run("addons", "apply", "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(application("by-key", "{.status.sync.status} {.status.health.status} {.spec.source.repoURL}"))
                .isEqualTo("Synced Healthy " + whole.ssh());
        assertThat(kubectl("get configmap by-key -o jsonpath='{.data.from}'")).isEqualTo("Git over SSH");
        assertThat(kubectl("get secret gitops-by-key -n argocd -o jsonpath='{.data}'"))
                .contains("sshPrivateKey", "url", "type")
                .doesNotContain("password");
        Run plan = user.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
        String key = Files.readAllLines(user.folder().resolve(WholeCluster.KEY)).get(2);
        assertThat(run.out() + run.err() + journals()).contains("gitops-by-key").doesNotContain(key);
    }

    private static String until(String deed, String... words) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (true) {
            Run run = homelab.run("gitops", deed, "--no-git");
            if (java.util.stream.Stream.of(words).allMatch(run.out()::contains)) {
                return run.out();
            }
            assertThat(System.nanoTime()).as(run.out() + run.err()).isLessThan(end);
        }
    }

    private static void refresh(String name) {
        kubectl("annotate --overwrite application " + name + " -n argocd argocd.argoproj.io/refresh=hard");
    }

    private static void applied() {
        Run run = homelab.run("addons", "apply", "--yes");
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
    }

    private static void nothingToDo() {
        Run plan = homelab.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
    }

    private static String application(String name, String path) {
        return kubectl("get application " + name + " -n argocd -o jsonpath='" + path + "'");
    }

    private static String kubectl(String words) {
        return lab.on(Lab.SERVER, "k3s kubectl " + words);
    }
}
