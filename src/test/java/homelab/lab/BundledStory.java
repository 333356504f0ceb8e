package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What k3s brings along is configured, read back, edited by hand, mended and left to k3s again. Traefik is the lab's double. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(480)
class BundledStory {
    private static final String MANIFESTS = "/var/lib/rancher/k3s/server/manifests";
    private static final String ADDONS = """
            addons:
              traefik: {trusted-ips: [192.0.2.7/32], external-traffic-policy: Local, values: traefik.yaml}
              coredns:
                forward: {corp.example: [192.0.2.53]}
                hosts: {nas.home.arpa: [192.0.2.5, "2001:db8::5"]}
              local-path: {path: /srv/volumes}
              metrics-server: {enabled: false}
            nodes:
            """;

    /** CoreDNS reads its files anew by itself, but takes minutes; a new pod reads them at once. */
    private static final String HURRY = """
            for i in $(seq 1 600); do
              k3s kubectl -n kube-system get configmap coredns-custom >/dev/null 2>&1 && break
              sleep 0.2
            done
            k3s kubectl -n kube-system delete pod -l k8s-app=kube-dns
            """;

    private static Lab lab;
    private static Homelab bare;
    private static Homelab homelab;

    @BeforeAll
    static void aCluster(Lab shared, Homelab user) throws IOException {
        lab = shared;
        bare = user;
        lab.cluster(bare);
        Files.writeString(user.folder().resolve("traefik.yaml"), "logs: {general: {level: WARN}}\n");
        homelab = user.where("nodes:\n", ADDONS);
    }

    private static void nothingToDo(Homelab user) {
        Run plan = user.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
    }

    private static void done(Run run) {
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
    }

    private static String kubectl(String words) {
        return lab.on(Lab.SERVER, "k3s kubectl -n kube-system " + words);
    }

    private static String ownFiles() {
        return lab.on(Lab.SERVER, "cd " + MANIFESTS + " && sha256sum coredns.yaml traefik.yaml");
    }

    @Test
    @Order(1)
    void runsWhatK3sBringsAlongAsTheInventorySays() throws InterruptedException {
        String before = ownFiles();
        Thread hurry = new Thread(() -> lab.on(Lab.SERVER, HURRY));
        hurry.start();

        done(homelab.run("bootstrap", "--yes"));

        hurry.join();
        nothingToDo(homelab);
        assertThat(kubectl(
                        "get pods -l app.kubernetes.io/name=traefik -o jsonpath='{.items[*].spec.containers[*].args}'"))
                .contains("--entryPoints.websecure.forwardedHeaders.trustedIPs=192.0.2.7/32", "--log.level=WARN");
        assertThat(kubectl("get service traefik -o jsonpath='{.spec.externalTrafficPolicy}'"))
                .isEqualTo("Local");
        assertThat(kubectl("get configmap local-path-config -o jsonpath='{.data.config\\.json}'"))
                .contains("/srv/volumes");
        assertThat(lab.on(Lab.SERVER, "stat -c %a " + MANIFESTS + "/homelab-*.yaml"))
                .isEqualTo("600\n600");
        assertThat(ownFiles()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void showsEachHandEditAndMendsIt() {
        kubectl(
                "get helmchartconfig traefik -o yaml >/tmp/traefik.yaml; sed -i 's/level: WARN/level: DEBUG/' /tmp/traefik.yaml;"
                        + " k3s kubectl apply -f /tmp/traefik.yaml");
        kubectl(
                "patch configmap coredns-custom --type=merge -p '{\"data\":{\"homelab.server\":\"\",\"theirs.server\":\"\"}}'");
        kubectl("patch service traefik --type=merge -p '{\"spec\":{\"externalTrafficPolicy\":\"Cluster\"}}'");

        Run plan = homelab.run("addons", "plan");

        assertThat(homelab.run("addons", "list", "traefik").out())
                .isEqualTo("traefik\tkube-system\tcomes with k3s\t"
                        + "HelmChartConfig kube-system/traefik logs.general.level is DEBUG\n");
        assertThat(plan.out())
                .contains(
                        "HelmChartConfig kube-system/traefik logs.general.level: DEBUG → WARN",
                        "ConfigMap kube-system/coredns-custom data.homelab.server: ",
                        "Service kube-system/traefik spec.externalTrafficPolicy: Cluster → Local");
        done(homelab.run("addons", "apply", "--yes"));
        nothingToDo(homelab);
        assertThat(kubectl("get configmap coredns-custom -o jsonpath='{.data}'"))
                .contains("nas.home.arpa", "theirs.server");
    }

    @Test
    @Order(3)
    void takesBackWhatTheInventoryNoLongerSaysAndLeavesWhatIsOfOthers() {
        Run plan = bare.run("addons", "plan");

        assertThat(plan.out())
                .contains(
                        "delete   no file " + MANIFESTS + "/homelab-traefik.yaml",
                        "HelmChartConfig kube-system/traefik");
        done(bare.run("bootstrap", "--yes"));
        nothingToDo(bare);
        assertThat(kubectl("get helmchartconfigs -o name")).isEmpty();
        Launched.eventually( // else the next test would find what it wants there, and then lose it
                "k3s's own job has told Helm so",
                () -> !kubectl("get deployment traefik -o jsonpath={.spec.template.spec.containers[0].args}")
                        .contains("192.0.2.7"));
        assertThat(kubectl("get configmap coredns-custom -o jsonpath='{.data}'"))
                .isEqualTo("{\"theirs.server\":\"\"}");
        assertThat(lab.on(Lab.SERVER, "ls " + MANIFESTS)).doesNotContain("homelab");
        kubectl("delete configmap coredns-custom");
    }

    @Test
    @Order(4)
    void refusesAnotherHandsConfigurationOfTraefikAndTakesItOverWhenAsked() {
        String theirs =
                "{apiVersion: helm.cattle.io/v1, kind: HelmChartConfig, metadata: {name: traefik, namespace: kube-system},"
                        + " spec: {valuesContent: \"deployment: {replicas: 1}\"}}";
        lab.on(Lab.SERVER, "echo '" + theirs + "' | k3s kubectl apply -f -");
        Homelab user = bare.where("nodes:\n", "addons: {traefik: {trusted-ips: [192.0.2.7/32]}}\nnodes:\n");

        Run refused = user.run("bootstrap", "--yes");

        Told.problem(
                refused,
                Exit.REFUSED,
                "HelmChartConfig kube-system/traefik: was made by somebody by hand",
                "what it says would be gone: deployment",
                "homelab addons apply traefik --adopt");
        done(user.run("addons", "apply", "traefik", "--adopt", "--yes"));
        nothingToDo(user);
        done(bare.run("addons", "apply", "--yes"));
    }
}
