package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A release of Helm is installed, changed by hand, broken off in the middle and taken over, and is always mended. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(480)
class AddonsStory {
    private static final Path CHART =
            Path.of("src/test/resources/charts/whoami").toAbsolutePath();
    private static final String KILL_HELM = """
            for i in $(seq 1 400); do
              k3s kubectl -n web get job whoami-hook >/dev/null 2>&1 && pkill -9 -x helm && exit 0
              sleep 0.05
            done
            exit 1
            """;

    private static final String RESTART_IN_THE_HOOK = """
            for i in $(seq 1 400); do
              is=$(k3s kubectl -n web get job whoami-hook 2>/dev/null \\
                -o jsonpath='{.spec.template.spec.containers[0].command[1]} {.status.ready}')
              [ "$is" != '8 1' ] || { systemctl restart k3s; exit; }
              sleep 0.05
            done
            exit 1
            """;

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void aClusterAndTwoCharts(Lab shared, Homelab user) throws IOException {
        lab = shared;
        homelab = user;
        lab.cluster(homelab);
        pack("1.0.0");
        pack("1.1.0");
    }

    private static void pack(String version) throws IOException {
        Path root = homelab.folder().resolve("charts-" + version);
        Path copy = Files.createDirectories(root.resolve("whoami"));
        Said.by(Duration.ofSeconds(10), "cp", "-r", CHART + "/.", copy.toString())
                .ok();
        Path chart = copy.resolve("Chart.yaml");
        Files.writeString(chart, Files.readString(chart).replace("version: 1.0.0", "version: " + version));
        String packed = homelab.folder().resolve("whoami-" + version + ".tgz").toString();
        Said.by(Duration.ofSeconds(10), "tar", "-czf", packed, "-C", root.toString(), "whoami")
                .ok();
    }

    /** The user who wants this version with these values. */
    private static Homelab wanting(String version, String values) {
        try {
            Files.writeString(homelab.folder().resolve("values.yaml"), values);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        String addons = "addons:\n  helm: {downloads: "
                + lab.mirror().lines().findFirst().orElseThrow()
                + "/helm}\n  releases:\n    whoami: {chart: whoami-" + version + ".tgz, version: " + version
                + ", namespace: web, values: values.yaml, secrets: {login: {password: {command: [echo, hunter2]}}}}\n";
        return homelab.where("nodes:\n", addons + "nodes:\n");
    }

    private static void nothingToDo(Homelab user) {
        Run plan = user.run("addons", "plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
    }

    private static Run applied(Homelab user, String... more) {
        Run run = user.run("addons", "apply", "--yes", more.length == 0 ? "whoami" : more[0]);
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        return run;
    }

    private static String kubectl(String words) {
        return lab.on(Lab.SERVER, "k3s kubectl -n web " + words);
    }

    @Test
    @Order(1)
    void refusesObjectsThatBelongToNoReleaseAndTakesThemOverWhenAsked() {
        Homelab user = wanting("1.0.0", "");
        kubectl("create namespace web");
        kubectl("create configmap whoami-page --from-literal=index.html=theirs");

        Run refused = user.run("addons", "apply", "--yes");

        Told.problem(
                refused,
                Exit.REFUSED,
                "release web/whoami: 1 of its objects are there already",
                "ConfigMap web/whoami-page belongs to no release",
                "homelab addons apply whoami --adopt");
        assertThat(kubectl("get configmap whoami-page -o jsonpath='{.data}'")).contains("theirs");
        assertThat(user.run("addons", "plan", "--adopt").out())
                .contains("ConfigMap web/whoami-page data.index.html: theirs → hello");
        applied(user, "--adopt");
        nothingToDo(user);
        assertThat(kubectl("get secret login -o jsonpath='{.data.password}'")).isEqualTo("aHVudGVyMg==");
    }

    @Test
    @Order(2)
    void showsAHandEditExactlyAndMendsIt() {
        Homelab user = wanting("1.0.0", "");
        kubectl("patch deployment whoami --type=json -p '[{\"op\":\"replace\","
                + "\"path\":\"/spec/template/spec/containers/0/resources/limits/memory\",\"value\":\"2Gi\"}]'");
        kubectl("delete service whoami");
        kubectl("rollout status deployment/whoami --timeout=240s");

        Run plan = user.run("addons", "plan", "--exit-code");

        assertThat(plan.exit()).isEqualTo(Exit.TO_DO);
        assertThat(plan.out().lines().map(String::strip))
                .containsExactly(
                        "cluster",
                        "restart  release web/whoami",
                        "Service web/whoami: absent → present",
                        "Deployment web/whoami spec.template.spec.containers[web].resources.limits.memory: 2Gi → 1024Mi",
                        "1 of 10 things differs on " + lab.name() + "; the worst is to restart");
        applied(user);
        nothingToDo(user);
    }

    @Test
    @Order(3)
    void mendsWhatAKilledHelmLeft() throws Exception {
        Homelab user = wanting("1.1.0", "hook: 20\n");
        Thread killer = new Thread(() -> lab.on(Lab.SERVER, KILL_HELM));
        killer.start();
        Run killed = user.run("addons", "apply", "--yes");
        killer.join();
        assertThat(killed.exit()).isEqualTo(Exit.FAILED);

        Homelab later = wanting("1.1.0", "replicas: 2\n");

        assertThat(later.run("addons", "plan").out()).contains("status: pending-upgrade: Preparing upgrade → deployed");
        applied(later);
        nothingToDo(later);
        assertThat(kubectl("get deployment whoami -o jsonpath='{.status.readyReplicas}'"))
                .isEqualTo("2");
    }

    /** Helm may outlive it or not, as long as the machine is slow or fast: what counts is that the next run mends all. */
    @Test
    @Order(4)
    void comesThroughAnApiThatIsAwayInTheMiddleOfAnUpgrade() throws Exception {
        Homelab user = wanting("1.1.0", "replicas: 2\nhook: 8\n");
        Thread restart = new Thread(() -> lab.on(Lab.SERVER, RESTART_IN_THE_HOOK));
        restart.start();
        Run run = user.run("addons", "apply", "--yes");
        restart.join();
        assertThat(run.exit()).as(run.err()).isIn(Exit.DONE, Exit.FAILED);
        Told.noTrace(run.err());

        applied(user);

        nothingToDo(user);
        assertThat(revisions()).contains("deployed").doesNotContain("pending");
    }

    @Test
    @Order(5)
    void refusesToGoBack() {
        Told.problem(
                wanting("1.0.0", "").run("addons", "apply", "--yes"),
                Exit.REFUSED,
                "release web/whoami: would go back from 1.1.0 to 1.0.0",
                "an older one need not understand",
                "write version: 1.1.0 or newer");
    }

    @Test
    @Order(6)
    void refusesValuesThatTheChartDoesNotKnowBeforeAnythingIsChanged() {
        String before = revisions();

        Run run = wanting("1.1.0", "replicsa: 2\n").run("addons", "apply", "--yes");

        assertThat(run.exit()).isEqualTo(Exit.FAILED);
        assertThat(run.err()).contains("replicsa");
        assertThat(revisions()).isEqualTo(before);
    }

    private static String revisions() {
        return kubectl("get secret -l owner=helm -o jsonpath='{.items[*].metadata.labels}'");
    }

    @Test
    @Order(7)
    void neverLeavesASecretWhereItCouldBeRead() {
        String everything = lab.on(
                Lab.SERVER, "cat /var/lib/homelab/releases/*/* 2>/dev/null; ls /var/lib/homelab/releases/web.whoami");

        assertThat(everything).doesNotContain("hunter2", "aHVudGVyMg", "values.json");
        Run plan = wanting("1.1.0", "").run("addons", "plan", "-o", "json");
        assertThat(plan.out()).contains("release web/whoami").doesNotContain("hunter2", "aHVudGVyMg");
    }

    @Test
    @Order(8)
    void waitsForAClusterThatComesUpAndSaysWhenOneDoesNot() {
        lab.on(Lab.SERVER, "systemctl stop k3s");
        Told.problem(
                homelab.run("addons", "list"),
                Exit.BLIND,
                "the cluster does not answer",
                "no server's API does; of those that hold its data k3s on jarvis is inactive",
                "homelab bootstrap starts what is stopped");
        lab.on(Lab.SERVER, "systemctl start --no-block k3s");

        Run listed = homelab.run("addons", "list");

        assertThat(listed.exit()).as(listed.err()).isEqualTo(Exit.DONE);
        assertThat(listed.err()).contains("waiting for an API that answers: k3s on jarvis is activating");
    }

    /** The same release in a namespace of its own, where somebody else was first. */
    private static Homelab in(String namespace) {
        return wanting("1.0.0", "").where("namespace: web", "namespace: " + namespace);
    }

    private static void adopted(Homelab user, String owner) {
        assertThat(user.run("addons", "plan", "--adopt").out()).contains("owner: " + owner + " → homelab");
        applied(user, "--adopt");
        nothingToDo(user);
    }

    @Test
    @Order(9)
    void takesOverWhatAHelmChartOfK3sMakesOnlyWhenAsked() throws IOException {
        String chart = Base64.getEncoder()
                .encodeToString(Files.readAllBytes(homelab.folder().resolve("whoami-1.0.0.tgz")));
        lab.on(Lab.SERVER, """
                k3s kubectl apply -f - <<'Y'
                apiVersion: helm.cattle.io/v1
                kind: HelmChart
                metadata: {name: whoami, namespace: kube-system}
                spec: {targetNamespace: team, createNamespace: true, chartContent: CHART}
                Y
                for i in $(seq 1 200); do
                  k3s kubectl -n team get secret -l owner=helm,status=deployed -o name | grep -q . && exit 0
                  sleep 0.5
                done
                exit 1
                """.replace("CHART", chart));
        Homelab user = in("team");

        Told.problem(
                user.run("addons", "apply", "--yes"),
                Exit.REFUSED,
                "release team/whoami: belongs to the HelmChart kube-system/whoami",
                "two hands on one release would fight",
                "homelab addons apply whoami --adopt");
        adopted(user, "HelmChart kube-system/whoami of k3s");
        lab.on(Lab.SERVER, "k3s kubectl -n kube-system delete helmchart whoami");
        nothingToDo(user);
    }

    @Test
    @Order(10)
    void takesOverAReleaseThatWasMadeByHandWhenSomethingDiffers() {
        lab.on(
                Lab.SERVER,
                "KUBECONFIG=/etc/rancher/k3s/k3s.yaml /usr/local/lib/homelab/helm install whoami"
                        + " /var/lib/homelab/charts/whoami-1.0.0.tgz -n hand --create-namespace --set greeting=theirs");

        adopted(in("hand"), "Helm by hand");
    }

    /** Argo CD is not here: its kind is the story's own, with the fields that are read of it. */
    @Test
    @Order(11)
    void leavesToArgoCdWhatAnApplicationRenders() {
        lab.on(Lab.SERVER, """
                k3s kubectl apply -f - <<'Y'
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: applications.argoproj.io}
                spec:
                  group: argoproj.io
                  scope: Namespaced
                  names: {kind: Application, plural: applications}
                  versions: [{name: v1alpha1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
                Y
                k3s kubectl wait --for=condition=Established crd/applications.argoproj.io
                for i in 1 2 3 4 5 6 7 8 9 10; do k3s kubectl apply -f - <<'Y' && exit 0
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: shop, namespace: default}
                spec: {destination: {namespace: shop}, source: {chart: whoami}}
                Y
                sleep 1; done; exit 1
                """);

        Run refused = in("shop").run("addons", "apply", "--yes", "--adopt");

        lab.on(Lab.SERVER, "k3s kubectl delete crd applications.argoproj.io");
        Told.problem(
                refused,
                Exit.REFUSED,
                "release shop/whoami: belongs to the Application shop of Argo CD",
                "two hands on one release would fight",
                "take the Application out of its repository first");
    }

    @Test
    @Order(12)
    void namesWhatHoldsANamespaceThatCannotEndAndRemovesNothingByForce() {
        lab.on(Lab.SERVER, """
                k3s kubectl create namespace stuck
                k3s kubectl apply -f - <<'Y'
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: held, namespace: stuck, finalizers: [home.arpa/holds]}
                Y
                k3s kubectl delete namespace stuck --wait=false
                for i in $(seq 1 60); do
                  k3s kubectl get namespace stuck -o yaml | grep -q home.arpa/holds && exit 0
                  sleep 0.5
                done
                exit 1
                """);

        Run refused = in("stuck").run("addons", "apply", "--yes");

        Told.problem(
                refused,
                Exit.REFUSED,
                "the namespace stuck is being deleted",
                "home.arpa/holds",
                "none is removed by force");
        assertThat(lab.on(Lab.SERVER, "k3s kubectl -n stuck get configmap held -o name"))
                .isEqualTo("configmap/held");
        lab.on(
                Lab.SERVER,
                "k3s kubectl -n stuck patch configmap held --type=merge -p '{\"metadata\":{\"finalizers\":null}}'");
    }
}
