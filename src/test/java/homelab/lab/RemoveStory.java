package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The agent of two Pis leaves for good, with a workload that has nowhere to go and data that lies on it alone. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class RemoveStory {
    static final String WORKLOAD = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: leaver, namespace: default}
            spec:
              selector: {matchLabels: {app: leaver}}
              template:
                metadata: {labels: {app: leaver}}
                spec:
                  terminationGracePeriodSeconds: 0
                  nodeSelector: {kubernetes.io/hostname: ultron}
                  containers: [{name: main, image: 'busybox:1', imagePullPolicy: IfNotPresent, command: [sleep, '9999']}]
                  volumes: [{name: music, persistentVolumeClaim: {claimName: music}}]
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: leaver, namespace: default}
            spec: {minAvailable: 1, selector: {matchLabels: {app: leaver}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: toolbox, namespace: default}
            spec:
              nodeName: ultron
              terminationGracePeriodSeconds: 0
              containers: [{name: main, image: 'busybox:1', imagePullPolicy: IfNotPresent, command: [sleep, '9999']}]
            ---
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: pv-music}
            spec:
              capacity: {storage: 1Gi}
              accessModes: [ReadWriteOnce]
              storageClassName: by-hand
              persistentVolumeReclaimPolicy: Retain
              local: {path: /var/music}
              nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [
                {key: kubernetes.io/hostname, operator: In, values: [ultron]}]}]}}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: music, namespace: default}
            spec:
              accessModes: [ReadWriteOnce]
              storageClassName: by-hand
              volumeName: pv-music
              resources: {requests: {storage: 1Gi}}
            """;

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void aClusterWithAWorkloadOnTheAgent(Lab shared, Homelab user) {
        lab = shared;
        homelab = user;
        lab.cluster(user);
        lab.on(Lab.AGENT, "mkdir -p /var/music");
        kubectl("apply -f - <<'Y'\n" + WORKLOAD + "Y\n");
        kubectl("rollout status deployment/leaver --timeout=60s");
        kubectl("wait --for=condition=Ready pod/toolbox --timeout=60s");
        Launched.eventually(
                "the budget is counted", () -> budget("expectedPods").equals("1"));
    }

    @AfterAll
    static void withoutTheWorkload() {
        kubectl("delete deployment/leaver pdb/leaver pvc/music pv/pv-music --ignore-not-found --wait=false");
        lab.tried(Lab.AGENT, "rm -rf /var/music");
    }

    private static String kubectl(String words) {
        return Pods.kubectl(lab, words);
    }

    private static String budget(String field) {
        return kubectl("get pdb leaver -o jsonpath={.status." + field + "}");
    }

    @Test
    @Order(1)
    void refusesToRemoveTheOnlyServer() {
        Told.problem(
                homelab.run("remove-node", Lab.SERVER, "--yes"),
                Exit.REFUSED,
                "jarvis: is the only server of " + lab.name(),
                "would end with it",
                "homelab reset --all");
    }

    @Test
    @Order(2)
    void showsWhatHasNowhereToGo() {
        Run run = homelab.run("remove-node", Lab.AGENT, "--dry-run");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.out())
                .contains("warn   default: Deployment leaver has nowhere to go")
                .contains("jarvis is not a node that it asks for")
                .contains("refuse default/music: its data lies on ultron alone");
    }

    @Test
    @Order(3)
    void namesTheBudgetThatBlocksAndThePodThatNobodyMakesAnewAndTouchesNothing() {
        Run run = homelab.run("remove-node", Lab.AGENT, "--yes");

        Told.problem(
                run,
                Exit.REFUSED,
                "ultron: pods cannot leave it by themselves",
                "\\(Deployment leaver\\): PodDisruptionBudget default/leaver wants 1 of 1 to work, and 1 does;"
                        + " default/toolbox: nobody makes it anew",
                "--force default/leaver-");
        Told.problem(
                run,
                Exit.REFUSED,
                "default/music: its data lies on ultron alone",
                "pv-music",
                "--lose-data default/music");
        assertThat(kubectl("get node ultron -o jsonpath={.spec.unschedulable}")).isEmpty();
    }

    @Test
    @Order(4)
    void removesItWhenItMay() {
        kubectl("patch pdb leaver --type=merge -p '{\"spec\":{\"minAvailable\":0}}'");
        Launched.eventually(
                "one may be missing", () -> budget("disruptionsAllowed").equals("1"));

        Run run = removed();

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.err()).contains("delete ultron from").contains("plan offers to join it again");
        assertThat(kubectl("get nodes -o name")).contains("node/jarvis").doesNotContain("node/ultron");
        assertThat(kubectl("get pods -o name")).doesNotContain("toolbox");
        assertThat(lab.on(
                        Lab.AGENT, "ls -d /var/lib/rancher/k3s /etc/rancher /var/lib/homelab 2>/dev/null; ufw status"))
                .isEqualTo("Status: inactive");
    }

    private static Run removed() {
        return homelab.run(
                "remove-node", Lab.AGENT, "--yes", "--force", "default/toolbox", "--lose-data", "default/music");
    }

    @Test
    @Order(5)
    void hasNothingToDoASecondTime() {
        Run run = removed();

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.out()).startsWith("nothing to do: ");
        assertThat(homelab.run("status").out()).contains("homelab join-node ultron");
    }
}
