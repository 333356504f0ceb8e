package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.model.Addons;
import homelab.problem.Exit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
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
    private static final String CRD = "crds/greetings.yaml";
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
              [ "$is" != '4 1' ] || { systemctl restart k3s; exit; }
              sleep 0.05
            done
            exit 1
            """;

    private static final String IMAGE_OF_ITS_OWN = """
            set -e
            k3s ctr -n k8s.io images tag --force docker.io/library/busybox:1 home.arpa/page:1
            k3s ctr -n k8s.io images export /root/page.tar home.arpa/page:1
            k3s ctr -n k8s.io images rm home.arpa/page:1
            """;

    private static Lab lab;
    private static Homelab homelab;
    private static Beyond beyond;

    @BeforeAll
    static void aClusterThatIsCutOffAndAllThatItNeedsInFiles(Lab shared, Homelab user) throws IOException {
        lab = shared;
        homelab = user;
        beyond = Beyond.cutOff(lab);
        lab.cluster(homelab);
        StoryChart.in(homelab.folder(), "whoami").pack("1.0.0").pack("1.1.0");
        StoryChart.in(homelab.folder(), "greeter")
                .pack("1.0.0")
                .edit(
                        CRD,
                        crd -> crd.replaceAll("storage: true", "storage: first")
                                .replace("storage: false", "storage: true")
                                .replace("storage: first", "storage: false"))
                .pack("1.1.0")
                .edit(CRD, crd -> crd.replaceAll("(?m)^.*name: v1alpha1.*\n", ""))
                .pack("2.0.0");
        lab.bring(
                "/helm/" + helmArchive(),
                Files.createDirectories(homelab.folder().resolve("helm")));
        lab.on(Lab.SERVER, IMAGE_OF_ITS_OWN);
        lab.take(Lab.SERVER, "/root/page.tar", homelab.folder().resolve("page-image.tar"));
        aHelmChartOfK3s();
    }

    /** Made now, as k3s takes its time over it. */
    private static void aHelmChartOfK3s() throws IOException {
        String chart = Base64.getEncoder()
                .encodeToString(Files.readAllBytes(homelab.folder().resolve("whoami-1.0.0.tgz")));
        lab.on(Lab.SERVER, """
                k3s kubectl apply -f - <<'Y'
                apiVersion: helm.cattle.io/v1
                kind: HelmChart
                metadata: {name: whoami, namespace: kube-system}
                spec: {targetNamespace: team, createNamespace: true, chartContent: CHART}
                Y
                """.replace("CHART", chart));
    }

    private static String helmArchive() {
        String machine = lab.on(Lab.SERVER, "uname -m");
        return "helm-" + Addons.HELM + "-linux-" + (machine.equals("x86_64") ? "amd64" : "arm64") + ".tar.gz";
    }

    @AfterAll
    static void theWayOutIsBack() {
        beyond.close();
    }

    /** The user who wants this version with these values. */
    private static Homelab wanting(String version, String values) {
        written("image: home.arpa/page:1\n" + values);
        return homelab.releasing(
                "./helm",
                "whoami: {chart: whoami-" + version + ".tgz, version: " + version
                        + ", namespace: web, values: values.yaml, secrets: {login: {password: {command: [echo, hunter2]}}}}");
    }

    private static void written(String values) {
        try {
            Files.writeString(homelab.folder().resolve("values.yaml"), values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Homelab greeting(String version) {
        return homelab.releasing(
                "./helm", "greeter: {chart: greeter-" + version + ".tgz, version: " + version + ", namespace: greet}");
    }

    private static void nothingToDo(Homelab user) {
        Run plan = user.run("addons", "plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
    }

    private static Run applied(Homelab user, String... more) {
        Run run =
                more.length == 0 ? user.run("addons", "apply", "--yes") : user.run("addons", "apply", "--yes", more[0]);
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        return run;
    }

    private static String kubectl(String words) {
        return lab.on(Lab.SERVER, "k3s kubectl -n web " + words);
    }

    @Test
    @Order(1)
    void refusesObjectsThatBelongToNoReleaseAndTakesThemOverWhenAsked() {
        Homelab user = wanting("1.0.0", "").where("values: values", "images: [page-image.tar], values: values");
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
        assertThat(kubectl("get pods -o jsonpath='{.items[*].spec.containers[*].image}'"))
                .isEqualTo("home.arpa/page:1");
        Run again = user.run("bootstrap", "--yes");
        assertThat(again.exit()).as(again.err()).isEqualTo(Exit.DONE);
        assertThat(again.out()).contains("nothing to do");
        assertThat(beyond.seenFrom(Lab.SERVER) + ", " + beyond.seenFrom(Lab.AGENT))
                .isEqualTo("cut off, cut off");
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
        Homelab user = wanting("1.1.0", "replicas: 2\nhook: 4\n");
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
        Homelab user = wanting("1.1.0", "replicsa: 2\n");

        assertThat(user.run("addons", "plan").out())
                .contains("refused  release web/whoami", "Additional property replicsa is not allowed");
        Told.problem(
                user.run("addons", "apply", "--yes"),
                Exit.REFUSED,
                "release web/whoami: its values are not what the chart takes",
                "Additional property replicsa is not allowed",
                "correct the file under values");
        assertThat(revisions()).isEqualTo(before);
    }

    @Test
    @Order(7)
    void saysWhatAFailedHookSaidAndGoesOnWithTheSameObjects() {
        String before = kubectl(
                "get deployment/whoami configmap/whoami-page secret/login -o jsonpath='{.items[*].metadata.uid}'");
        Run failed = wanting("1.1.0", "failing: no database\nreplicas: 2\n").run("addons", "apply", "--yes");
        Told.problem(
                failed,
                Exit.FAILED,
                "cluster: release web/whoami: the script ended with 1",
                "Error: UPGRADE FAILED: pre-upgrade hooks failed",
                "run the same command again");
        assertThat(failed.err()).contains("job whoami-hook said:", "no database");

        Homelab mended = wanting("1.1.0", "replicas: 2\ngreeting: later\n");

        assertThat(mended.run("addons", "plan").out()).contains("status: failed: ");
        applied(mended);
        nothingToDo(mended);
        assertThat(
                        kubectl(
                                "get deployment/whoami configmap/whoami-page secret/login -o jsonpath='{.items[*].metadata.uid}'"))
                .isEqualTo(before);
    }

    private static String revisions() {
        return kubectl("get secret -l owner=helm -o jsonpath='{.items[*].metadata.labels}'");
    }

    @Test
    @Order(8)
    void neverLeavesASecretWhereItCouldBeRead() {
        String everything = lab.on(
                Lab.SERVER, "cat /var/lib/homelab/releases/*/* 2>/dev/null; ls /var/lib/homelab/releases/web.whoami");

        assertThat(everything).doesNotContain("hunter2", "aHVudGVyMg", "values.json");
        Run plan = wanting("1.1.0", "").run("addons", "plan", "-o", "json");
        assertThat(plan.out()).contains("release web/whoami").doesNotContain("hunter2", "aHVudGVyMg");
    }

    @Test
    @Order(9)
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
    @Order(10)
    void takesOverWhatAHelmChartOfK3sMakesOnlyWhenAsked() {
        lab.on(Lab.SERVER, """
                for i in $(seq 1 200); do
                  k3s kubectl -n team get secret -l owner=helm,status=deployed -o name | grep -q . && exit 0
                  sleep 0.5
                done
                exit 1
                """);
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
    @Order(11)
    void takesOverAReleaseThatWasMadeByHandWhenSomethingDiffers() {
        lab.on(
                Lab.SERVER,
                "KUBECONFIG=/etc/rancher/k3s/k3s.yaml /usr/local/lib/homelab/helm install whoami"
                        + " /var/lib/homelab/charts/whoami-1.0.0.tgz -n hand --create-namespace --set greeting=theirs");

        adopted(in("hand"), "Helm by hand");
    }

    /** Argo CD is not here: its kind is the story's own, with the fields that are read of it. */
    @Test
    @Order(12)
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
    @Order(13)
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

    private static String greetings(String words) {
        return lab.on(Lab.SERVER, "k3s kubectl -n greet " + words);
    }

    private static void conversion(String how) {
        greetings("patch crd greetings.home.arpa --type=merge -p '{\"spec\":{\"conversion\":" + how + "}}'");
    }

    @Test
    @Order(14)
    void namesTheWebhookThatConvertsObjectsNoMore() {
        applied(greeting("1.0.0"));
        conversion("{\"strategy\":\"Webhook\",\"webhook\":{\"conversionReviewVersions\":[\"v1\"],"
                + "\"clientConfig\":{\"service\":{\"namespace\":\"greet\",\"name\":\"convert\"}}}}");

        Run refused = greeting("1.1.0").run("addons", "apply", "--yes");

        conversion("{\"strategy\":\"None\",\"webhook\":null}");
        Told.problem(
                refused,
                Exit.REFUSED,
                "release greet/greeter: Greeting greet/greeter cannot be read, nor could Helm change it",
                "Service greet/convert, which converts home.arpa/v1alpha1, Kind=Greeting, does not do so: service \"convert\" not found",
                "kubectl -n greet get endpointslices -l kubernetes.io/service-name=convert");
        nothingToDo(greeting("1.0.0"));
    }

    /** The way that the refusal names is gone to its end, by its own words. */
    @Test
    @Order(15)
    void refusesAChartThatDropsAVersionInWhichObjectsAreStored() {
        assertThat(dropping()).contains("first install a version of the chart that stores one of v1");
        assertThat(greetings("get crd greetings.home.arpa -o jsonpath='{.spec.versions[*].name}'"))
                .isEqualTo("v1alpha1 v1");
        applied(greeting("1.1.0"));

        String way = dropping()
                .replaceFirst("(?s).*write its objects anew: (.*) ; then take the mark away: ([^\n]*).*", "$1; $2");

        lab.on(Lab.SERVER, "kubectl() { k3s kubectl \"$@\"; }; set -e; " + way);
        applied(greeting("2.0.0"));
        nothingToDo(greeting("2.0.0"));
        assertThat(greetings("get greeting greeter -o jsonpath='{.spec.text}'")).isEqualTo("hello");
    }

    private static String dropping() {
        Run refused = greeting("2.0.0").run("addons", "apply", "--yes");
        Told.problem(
                refused,
                Exit.REFUSED,
                "release greet/greeter: greeter 2.0.0 drops v1alpha1 of greetings.home.arpa",
                "objects may be stored in it",
                "write its objects anew");
        return refused.err();
    }

    @Test
    @Order(16)
    void takesOverTheKindsThatAnUninstalledReleaseLeftAndNeverAnOlderOne() {
        greetings("get greeting greeter -o yaml | sed 's/name: greeter/name: theirs/' | k3s kubectl create -f -");
        lab.on(
                Lab.SERVER,
                "KUBECONFIG=/etc/rancher/k3s/k3s.yaml /usr/local/lib/homelab/helm uninstall -n greet greeter");

        Told.problem(
                greeting("1.1.0").run("addons", "apply", "--yes"),
                Exit.REFUSED,
                "its CRD greetings.home.arpa would go back from 2.0.0 to 1.1.0",
                "an older one need not understand",
                "write version: 2.0.0 or newer");
        assertThat(greeting("2.0.0").run("addons", "plan").out())
                .contains("CustomResourceDefinition greetings.home.arpa: there already, left by greeter-2.0.0"
                        + " → taken over with its one object");
        applied(greeting("2.0.0"));
        nothingToDo(greeting("2.0.0"));
        assertThat(greetings("get greetings -o name")).contains("greeting.home.arpa/theirs");
    }
}
