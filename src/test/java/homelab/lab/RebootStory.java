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

/** Two Pis are booted anew, one after the other, with a workload that likes the agent. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class RebootStory {
    private static final String WORKLOAD = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: mover, namespace: default}
            spec:
              selector: {matchLabels: {app: mover}}
              template:
                metadata: {labels: {app: mover}}
                spec:
                  terminationGracePeriodSeconds: 0
                  affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, preference:
                    {matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [ultron]}]}}]}}
                  containers: [{name: main, image: 'busybox:1', imagePullPolicy: IfNotPresent, command: [sleep, '9999']}]
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: mover, namespace: default}
            spec: {minAvailable: 1, selector: {matchLabels: {app: mover}}}
            """;

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void aClusterWithAWorkloadOnTheAgent(Lab shared, Homelab user) {
        lab = shared;
        homelab = user;
        lab.cluster(user);
        kubectl("apply -f - <<'Y'\n" + WORKLOAD + "Y\n");
        kubectl("rollout status deployment/mover --timeout=60s");
        Launched.eventually(
                "the budget is counted",
                () -> kubectl("get pdb mover -o jsonpath={.status.expectedPods}")
                        .equals("1"));
    }

    @AfterAll
    static void withoutTheWorkload() {
        kubectl("delete deployment/mover pdb/mover --ignore-not-found --wait=false");
        kubectl("uncordon jarvis ultron");
    }

    private static String kubectl(String words) {
        return Pods.kubectl(lab, words);
    }

    private static String boot(String node) {
        return lab.on(node, "cat /proc/sys/kernel/random/boot_id").strip();
    }

    private static String standsOn(String node) {
        return kubectl("get node " + node + " -o jsonpath={.spec.unschedulable}{.metadata.annotations.homelab/reboot}");
    }

    @Test
    @Order(1)
    void namesTheBudgetThatLetsAPodNeverGoAndTouchesNothing() {
        Run run = homelab.run("reboot", Lab.AGENT, "--yes");

        Told.problem(
                run,
                Exit.REFUSED,
                "ultron: pods cannot leave it by themselves",
                "\\(Deployment mover\\): PodDisruptionBudget default/mover wants 1 of 1 to work, and 1 does",
                "leave them there: --no-drain");
        assertThat(standsOn(Lab.AGENT)).isEmpty();
    }

    @Test
    @Order(2)
    void refusesWhileAnotherNodeIsClosed() {
        kubectl("cordon ultron");
        Run run = homelab.run("reboot", Lab.SERVER, "--yes");
        kubectl("uncordon ultron");

        Told.problem(
                run,
                Exit.REFUSED,
                "not while another node is out of service",
                "node ultron is closed to pods",
                "kubectl uncordon ultron");
    }

    @Test
    @Order(3)
    void rebootsOnlyWhereAnUpdateWaits() {
        Run none = homelab.run("reboot", "--all", "--if-required", "--yes");
        assertThat(none.exit()).isEqualTo(Exit.DONE);
        assertThat(none.out()).startsWith("nothing to do: no update waits for a boot on jarvis, ultron");

        lab.on(Lab.AGENT, "touch /run/reboot-required");
        Run one = homelab.run("reboot", "--all", "--if-required", "--no-drain", "--dry-run");
        assertThat(one.out()).contains("host ultron: runs since its last boot").doesNotContain("host jarvis");
        assertThat(homelab.run("reboot", "--all", "--window", "2-5").exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    @Order(4)
    void movesThePodBootsTheAgentAndOpensItAgain() {
        kubectl("patch pdb mover --type=merge -p '{\"spec\":{\"minAvailable\":0}}'");
        Launched.eventually(
                "it may be missing",
                () -> kubectl("get pdb mover -o jsonpath={.status.disruptionsAllowed}")
                        .equals("1"));
        String before = boot(Lab.AGENT);

        Run run = homelab.run("reboot", "--all", "--if-required", "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(boot(Lab.AGENT)).isNotEqualTo(before);
        assertThat(standsOn(Lab.AGENT)).isEmpty();
        assertThat(kubectl("get pods -l app=mover -o jsonpath={.items[*].spec.nodeName}"))
                .isNotEmpty()
                .doesNotContain(Lab.AGENT);
    }

    @Test
    @Order(5)
    void putsANodeBackIntoServiceWhoseRebootBrokeOffAfterTheBoot() {
        kubectl("annotate node ultron 'homelab/reboot=an-older-boot 2026-11-23T02:00:00Z open all'");
        kubectl("cordon ultron");
        String agent = boot(Lab.AGENT);
        String server = boot(Lab.SERVER);

        Run run = homelab.run("reboot", "--all", "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.err()).contains("broke off after the boot; it is only put back into service");
        assertThat(boot(Lab.AGENT)).isEqualTo(agent);
        assertThat(boot(Lab.SERVER)).as("it was through").isEqualTo(server);
        assertThat(standsOn(Lab.AGENT)).isEmpty();
    }

    @Test
    @Order(6)
    void theOnlyServerComesBackAndOpensItself() {
        String before = boot(Lab.SERVER);

        Run run = homelab.run("reboot", Lab.SERVER, "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.err()).containsPattern("the API is away for about \\d+ minutes? while jarvis reboots");
        assertThat(boot(Lab.SERVER)).isNotEqualTo(before);
        assertThat(standsOn(Lab.SERVER)).isEmpty();
        assertThat(homelab.run("plan").out()).startsWith("nothing to do");
    }
}
