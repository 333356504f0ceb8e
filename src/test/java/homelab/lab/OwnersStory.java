package homelab.lab;

import static homelab.lab.Releases.applied;
import static homelab.lab.Releases.nothingToDo;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whose a release, its namespace and its kinds are: what somebody else made is taken over when asked, or left. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(480)
class OwnersStory {
    private static final String CRD = "crds/greetings.yaml";
    private static Lab lab;
    private static Releases releases;

    @BeforeAll
    static void aClusterWithAHelmChartOfK3s(Lab shared, Homelab user) throws IOException {
        lab = shared;
        lab.cluster(user);
        releases = Releases.of(user);
        aHelmChartOfK3s(user);
        StoryChart.in(user.folder(), "greeter")
                .pack("1.0.0")
                .edit(
                        CRD,
                        crd -> crd.replaceAll("storage: true", "storage: first")
                                .replace("storage: false", "storage: true")
                                .replace("storage: first", "storage: false"))
                .pack("1.1.0")
                .edit(CRD, crd -> crd.replaceAll("(?m)^.*name: v1alpha1.*\n", ""))
                .pack("2.0.0");
    }

    /** Made before it is needed, as k3s takes its time over it. */
    private static void aHelmChartOfK3s(Homelab user) throws IOException {
        String chart = Base64.getEncoder()
                .encodeToString(Files.readAllBytes(user.folder().resolve("whoami-1.0.0.tgz")));
        lab.on(Lab.SERVER, """
                k3s kubectl apply -f - <<'Y'
                apiVersion: helm.cattle.io/v1
                kind: HelmChart
                metadata: {name: whoami, namespace: kube-system}
                spec: {targetNamespace: team, createNamespace: true, chartContent: CHART}
                Y
                """.replace("CHART", chart));
    }

    /** The same release in a namespace of its own, where somebody else was first. */
    private static Homelab in(String namespace) {
        return releases.whoami("1.0.0", "").where("namespace: web", "namespace: " + namespace);
    }

    private static void adopted(Homelab user, String owner) {
        assertThat(user.run("addons", "plan", "--adopt").out()).contains("owner: " + owner + " → homelab");
        applied(user, "--adopt");
        nothingToDo(user);
    }

    /** Argo CD is not here: its kind is the story's own, with the fields that are read of it. */
    @Test
    @Order(1)
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
    @Order(2)
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

    @Test
    @Order(3)
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
    @Order(4)
    void takesOverAReleaseThatWasMadeByHandWhenSomethingDiffers() {
        lab.on(
                Lab.SERVER,
                "KUBECONFIG=/etc/rancher/k3s/k3s.yaml /usr/local/lib/homelab/helm install whoami"
                        + " /var/lib/homelab/charts/whoami-1.0.0.tgz -n hand --create-namespace --set greeting=theirs");

        adopted(in("hand"), "Helm by hand");
    }

    private static String greetings(String words) {
        return lab.on(Lab.SERVER, "k3s kubectl -n greet " + words);
    }

    private static void conversion(String how) {
        greetings("patch crd greetings.home.arpa --type=merge -p '{\"spec\":{\"conversion\":" + how + "}}'");
    }

    @Test
    @Order(5)
    void namesTheWebhookThatConvertsObjectsNoMore() {
        applied(releases.greeter("1.0.0"));
        conversion("{\"strategy\":\"Webhook\",\"webhook\":{\"conversionReviewVersions\":[\"v1\"],"
                + "\"clientConfig\":{\"service\":{\"namespace\":\"greet\",\"name\":\"convert\"}}}}");

        Run refused = releases.greeter("1.1.0").run("addons", "apply", "--yes");

        conversion("{\"strategy\":\"None\",\"webhook\":null}");
        Told.problem(
                refused,
                Exit.REFUSED,
                "release greet/greeter: Greeting greet/greeter cannot be read, nor could Helm change it",
                "Service greet/convert, which converts home.arpa/v1alpha1, Kind=Greeting, does not do so: service \"convert\" not found",
                "kubectl -n greet get endpointslices -l kubernetes.io/service-name=convert");
        nothingToDo(releases.greeter("1.0.0"));
    }

    /** The way that the refusal names is gone to its end, by its own words. */
    @Test
    @Order(6)
    void refusesAChartThatDropsAVersionInWhichObjectsAreStored() {
        assertThat(dropping()).contains("first install a version of the chart that stores one of v1");
        assertThat(greetings("get crd greetings.home.arpa -o jsonpath='{.spec.versions[*].name}'"))
                .isEqualTo("v1alpha1 v1");
        applied(releases.greeter("1.1.0"));

        String way = dropping()
                .replaceFirst("(?s).*write its objects anew: (.*) ; then take the mark away: ([^\n]*).*", "$1; $2");

        lab.on(Lab.SERVER, "kubectl() { k3s kubectl \"$@\"; }; set -e; " + way);
        applied(releases.greeter("2.0.0"));
        nothingToDo(releases.greeter("2.0.0"));
        assertThat(greetings("get greeting greeter -o jsonpath='{.spec.text}'")).isEqualTo("hello");
    }

    private static String dropping() {
        Run refused = releases.greeter("2.0.0").run("addons", "apply", "--yes");
        Told.problem(
                refused,
                Exit.REFUSED,
                "release greet/greeter: greeter 2.0.0 drops v1alpha1 of greetings.home.arpa",
                "objects may be stored in it",
                "write its objects anew");
        return refused.err();
    }

    @Test
    @Order(7)
    void takesOverTheKindsThatAnUninstalledReleaseLeftAndNeverAnOlderOne() {
        greetings("get greeting greeter -o yaml | sed 's/name: greeter/name: theirs/' | k3s kubectl create -f -");
        lab.on(
                Lab.SERVER,
                "KUBECONFIG=/etc/rancher/k3s/k3s.yaml /usr/local/lib/homelab/helm uninstall -n greet greeter");

        Told.problem(
                releases.greeter("1.1.0").run("addons", "apply", "--yes"),
                Exit.REFUSED,
                "its CRD greetings.home.arpa would go back from 2.0.0 to 1.1.0",
                "an older one need not understand",
                "write version: 2.0.0 or newer");
        assertThat(releases.greeter("2.0.0").run("addons", "plan").out())
                .contains("CustomResourceDefinition greetings.home.arpa: there already, left by greeter-2.0.0"
                        + " → taken over with its one object");
        applied(releases.greeter("2.0.0"));
        nothingToDo(releases.greeter("2.0.0"));
        assertThat(greetings("get greetings -o name")).contains("greeting.home.arpa/theirs");
    }
}
