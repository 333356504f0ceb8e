package homelab.lab;

import static homelab.lab.Releases.applied;
import static homelab.lab.Releases.nothingToDo;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A release of Helm is installed, changed by hand and broken off in the middle, and is always mended. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(480)
class AddonsStory {
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

    /** By ctr itself: through containerd's transfer service an archive was cut off once, and ctr ended with 0 (2.0.5). */
    private static final String IMAGE_OF_ITS_OWN = """
            set -e
            k3s ctr -n k8s.io images tag --force docker.io/library/busybox:1 home.arpa/page:1
            k3s ctr -n k8s.io images export --local /root/page.tar home.arpa/page:1
            k3s ctr -n k8s.io images rm home.arpa/page:1
            """;

    private static final String SWALLOWING_WEBHOOK = """
            k3s kubectl apply -f - <<'Y'
            apiVersion: v1
            kind: Namespace
            metadata: {name: guard}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: guard, namespace: guard}
            spec: {ports: [{port: 443}]}
            ---
            apiVersion: v1
            kind: Endpoints
            metadata: {name: guard, namespace: guard}
            subsets: [{addresses: [{ip: 192.0.2.9}], ports: [{port: 443}]}]
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: guards}
            webhooks:
            - name: guard.home.arpa
              failurePolicy: Fail
              timeoutSeconds: 4
              sideEffects: None
              admissionReviewVersions: [v1]
              clientConfig: {service: {namespace: guard, name: guard}}
              namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: web}}
              rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [configmaps]}]
            Y
            """;

    private static Lab lab;
    private static Homelab homelab;
    private static Releases releases;
    private static Beyond beyond;

    @BeforeAll
    static void aClusterThatIsCutOffAndAllThatItNeedsInFiles(Lab shared, Homelab user) throws IOException {
        lab = shared;
        homelab = user;
        beyond = Beyond.cutOff(lab);
        lab.cluster(homelab);
        releases = Releases.of(homelab);
        lab.on(Lab.SERVER, IMAGE_OF_ITS_OWN);
        lab.take(Lab.SERVER, "/root/page.tar", homelab.folder().resolve("page-image.tar"));
    }

    @AfterAll
    static void theWayOutIsBack() {
        beyond.close();
    }

    /** The user who wants this version with these values, and an image that no registry has. */
    private static Homelab wanting(String version, String values) {
        return releases.whoami(version, "image: home.arpa/page:1\n" + values);
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

    /** The Service has an address beyond the lab, to which packets go and from which none come. */
    @Test
    @Order(8)
    void namesAWebhookThatSwallowsWhatItIsAskedAndGoesOnWithoutIt() {
        lab.on(Lab.SERVER, SWALLOWING_WEBHOOK);
        Homelab user = wanting("1.1.0", "replicas: 2\ngreeting: guarded\n");
        long began = System.nanoTime();

        Run failed = user.run("addons", "apply", "--yes");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(40));
        lab.on(
                Lab.SERVER,
                "k3s kubectl delete validatingwebhookconfiguration guards;"
                        + " k3s kubectl delete namespace guard --wait=false");
        Told.problem(
                failed,
                Exit.FAILED,
                "cluster: release web/whoami: the webhook guard.home.arpa does not answer",
                "ValidatingWebhookConfiguration guards names it, behind it Service guard/guard: context deadline exceeded",
                "kubectl -n guard get endpointslices .*kubectl delete ValidatingWebhookConfiguration guards");
        applied(user);
        nothingToDo(user);
        assertThat(kubectl("get configmap whoami-page -o jsonpath='{.data}'")).contains("guarded");
    }

    private static String revisions() {
        return kubectl("get secret -l owner=helm -o jsonpath='{.items[*].metadata.labels}'");
    }

    @Test
    @Order(9)
    void neverLeavesASecretWhereItCouldBeRead() {
        String everything = lab.on(
                Lab.SERVER, "cat /var/lib/homelab/releases/*/* 2>/dev/null; ls /var/lib/homelab/releases/web.whoami");

        assertThat(everything).doesNotContain("hunter2", "aHVudGVyMg", "values.json");
        Run plan = wanting("1.1.0", "").run("addons", "plan", "-o", "json");
        assertThat(plan.out()).contains("release web/whoami").doesNotContain("hunter2", "aHVudGVyMg");
    }

    @Test
    @Order(10)
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
}
