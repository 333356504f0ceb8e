package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.resource.mend.ApiMend;
import homelab.resource.mend.Mends;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole house falls dark and comes back: recover goes through all gates, and mends on the way what is broken. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class RecoverGatesStory {
    /** A real object of the API, of a node that never was. Nobody attaches for this name. */
    private static final String LOST = """
            apiVersion: storage.k8s.io/v1
            kind: VolumeAttachment
            metadata: {name: left-behind}
            spec: {attacher: nobody.example, nodeName: thanos, source: {persistentVolumeName: pv-of-thanos}}
            """;

    private static Lab lab;
    private static Homelab homelab;
    private static Ghosts ghosts;

    @BeforeAll
    static void aCluster(Lab shared, Homelab user) {
        lab = shared;
        homelab = user;
        ghosts = new Ghosts(lab);
        lab.cluster(homelab);
    }

    private static Run recover(String... more) {
        return homelab.run(Stream.concat(Stream.of("recover"), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    @Order(1)
    void passesAllGatesAfterBothHostsDied() {
        List<String> nodes = List.of(Lab.SERVER, Lab.AGENT);
        nodes.forEach(lab::kill);
        nodes.forEach(lab::start);

        Run run = recover("--yes");

        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(Exit.DONE);
        assertThat(run.err()).contains("gate 1 etcd", "gate 3 nodes passes").doesNotContain("change");
        assertThat(run.out()).contains("✓  6 sandboxes", "-  7 Longhorn", "✓ 10 workloads", "all 12 gates pass");
    }

    @Test
    @Order(2)
    void tellsThatNightAsTheLossOfPowerOfBothHosts() {
        Run run = homelab.run("incident", "--since", "10m");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.out())
                .contains("jarvis", "ultron", "the power failed", "homelab bootstrap from this machine")
                .doesNotContain("K10", "could not be read");
    }

    @Test
    @Order(3)
    void mendsAGhostAndAnAttachmentOfANodeThatIsGone() {
        lab.on(Lab.SERVER, "k3s kubectl apply -f - <<'E'\n" + LOST + "E");
        String ghost = ghosts.bar("recovered", "Always");

        Run shown = recover();
        assertThat(shown.exit()).as(shown.err()).isEqualTo(Exit.FAILED);
        assertThat(shown.out())
                .contains("1 dead sandbox bars a pod", "left-behind: is of thanos, which is no node any more")
                .contains("sandbox default/recovered #0 " + ghost.substring(0, 12), "VolumeAttachment left-behind");
        assertThat(ghosts.isReady("recovered")).isFalse();

        Run run = recover("--yes");

        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(Exit.DONE);
        Launched.eventually("the pod runs", () -> ghosts.isReady("recovered"));
        assertThat(Pods.kubectl(lab, "get volumeattachments -o name")).isEmpty();
    }

    @Test
    @Order(4)
    void hasNothingToDoASecondTime() {
        Run run = recover("--yes", "-o", "json");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.out()).contains("\"passes\" : true", "\"tried\" : [ ]", "\"mendable\" : [ ]");
        ghosts.delete("recovered");
    }

    /** What makes them needed takes an hour to come about; here an API of Kubernetes says whether they do what they say. */
    @Test
    @Order(5)
    void deletesExactlyThePodThatWasMeant() {
        NodeName agent = new NodeName(Lab.AGENT);
        for (boolean force : List.of(false, true)) {
            Pods.kubectl(lab, "run stuck --image=busybox:1 --restart=Never -- sleep 9999");
            String uid = Pods.kubectl(lab, "get pod stuck -o jsonpath='{.metadata.uid}'");

            mend(Mends.stuckPod(agent, "default", "stuck", "another", force, "pod/another now"));
            assertThat(Pods.kubectl(lab, "get pod stuck -o jsonpath='{.metadata.deletionTimestamp}'"))
                    .isEmpty();
            ApiMend meant = Mends.stuckPod(agent, "default", "stuck", uid, force, "pod/" + uid + " now");
            assertThat(lab.tried(Lab.SERVER, meant.look()).exit()).isEqualTo(10);
            mend(meant);
            assertThat(lab.tried(Lab.SERVER, meant.look()).exit()).isZero();
            assertThat(Pods.kubectl(lab, "get node ultron -o 'jsonpath={.metadata.annotations.homelab/recovered}'"))
                    .isEqualTo("pod/" + uid + " now");
            Launched.eventually(
                    "the pod is gone",
                    () -> Pods.kubectl(lab, "get pod stuck --ignore-not-found -o name")
                            .isEmpty());
        }
    }

    private static void mend(ApiMend mend) {
        lab.on(Lab.SERVER, mend.script());
    }

    @Test
    @Order(6)
    void namesAHostThatStaysAwayAndTakesItsTaintAwayOnceItIsBack() {
        lab.kill(Lab.AGENT);

        Run run = recover("--dry-run");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.FAILED);
        assertThat(run.out()).contains("…  0 hosts        ultron: does not answer", "✓  2 API", "(without ultron)");
        Launched.eventually(
                "the API has noticed",
                Duration.ofSeconds(90),
                () -> Pods.kubectl(
                                lab, "get node ultron -o jsonpath='{.status.conditions[?(@.type==\"Ready\")].status}'")
                        .equals("Unknown"));
        ApiMend off = Mends.taint(new NodeName(Lab.AGENT));
        mend(off);
        assertThat(lab.tried(Lab.SERVER, off.look()).exit()).isZero();
        lab.start(Lab.AGENT);

        Run back = recover("--yes", "--gate", "3");

        assertThat(back.out()).as(back.err()).contains("all 4 gates pass");
        assertThat(back.err()).contains("taint out-of-service of ultron", "there, and the node was booted since");
        assertThat(lab.tried(Lab.SERVER, off.look()).exit()).isEqualTo(10);
    }
}
