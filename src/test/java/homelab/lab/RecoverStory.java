package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
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

/** Ghosts: a pod that is barred starts again, one that is to run once is not run twice, and a house that fell dark is back. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class RecoverStory {
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
        return homelab.run(
                Stream.concat(Stream.of("recover-sandboxes"), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    @Order(1)
    void letsAPodStartWhoseNameADeadSandboxKept() {
        String ghost = ghosts.bar("barred", "Always");

        Run shown = recover("--dry-run");
        assertThat(shown.exit()).as(shown.err()).isEqualTo(Exit.DONE);
        assertThat(shown.out())
                .contains("sandbox default/barred #0 " + ghost.substring(0, 12), "class A", "pod default/barred");
        assertThat(ghosts.isReady("barred")).isFalse();

        Run unasked = recover();
        Told.problem(unasked, Exit.REFUSED, "nothing was changed", "not a terminal", "--yes");

        Run run = recover("--yes");
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(lab.on(Lab.AGENT, "k3s crictl pods -q --no-trunc")).doesNotContain(ghost);
        Launched.eventually("the pod runs", () -> ghosts.isReady("barred"));

        Run again = recover("--yes");
        assertThat(again.exit()).as(again.err()).isEqualTo(Exit.DONE);
        assertThat(again.out()).contains("ultron nothing to remove").doesNotContain("change");
    }

    @Test
    @Order(2)
    void runsNothingTwiceThatIsToRunOnce() {
        String ghost = ghosts.bar("once", "Never");

        Run run = recover("--yes", "--node", "ultron");
        Told.problem(
                run,
                Exit.FAILED,
                "ultron: default/once is barred and was left",
                "a second time",
                "--rerun default/once");
        assertThat(run.out())
                .contains("left: default/once #0", "its pod is to run once")
                .doesNotContain("jarvis");
        assertThat(lab.on(Lab.AGENT, "k3s crictl pods -q --no-trunc")).contains(ghost);
        assertThat(ghosts.runs("once")).isZero();

        Run named = recover("--yes", "--rerun", "default/once");
        assertThat(named.exit()).as(named.err()).isEqualTo(Exit.DONE);
        Launched.eventually("it runs", () -> ghosts.runs("once") == 1);
    }

    @Test
    @Order(3)
    void leavesAHouseAloneThatCameBackByItself() {
        List<String> nodes = List.of(Lab.SERVER, Lab.AGENT);
        nodes.forEach(lab::kill);
        nodes.forEach(lab::start);
        Launched.eventually(
                "both nodes are Ready",
                () -> homelab.run("status", "--exit-code").exit() == Exit.DONE);
        Launched.eventually("the pod of before runs", () -> ghosts.isReady("barred"));

        Run run = recover("--yes");

        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(Exit.DONE);
        // What the API said before may have been of the time before the loss of power: the hosts are back in seconds.
        Launched.eventually("the pod runs", Duration.ofSeconds(60), () -> ghosts.isReady("barred"));
        assertThat(ghosts.runs("once")).isEqualTo(1);
        ghosts.delete("once");
    }

    /** A file cut off by the loss of power; a second record of one name ends the same way. */
    @Test
    @Order(4)
    void movesAsideWhatContainerdCannotStartFrom() {
        String containerd = "/var/lib/rancher/k3s/agent/containerd";
        lab.on(Lab.AGENT, "systemctl disable -q k3s-agent");
        lab.kill(Lab.AGENT);
        lab.start(Lab.AGENT);
        lab.on(
                Lab.AGENT,
                "truncate -s 8192 " + containerd + "/io.containerd.metadata.v1.bolt/meta.db\n"
                        + "systemctl enable -q k3s-agent; systemctl start --no-block k3s-agent");
        Launched.eventually(
                "it is seen",
                Duration.ofSeconds(90),
                () -> recover("--dry-run", "--node", "ultron").err().contains("class D"));

        Run unasked = recover("--offline", "--node", "ultron");
        assertThat(unasked.exit()).as(unasked.out() + unasked.err()).isEqualTo(Exit.REFUSED);
        assertThat(lab.on(Lab.AGENT, "ls -d " + containerd + "*")).doesNotContain("aside");

        Run run = recover("--offline", "--node", "ultron", "--yes");

        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(Exit.DONE);
        assertThat(lab.on(Lab.AGENT, "ls -d " + containerd + "*")).contains(containerd + ".aside-");
        assertThat(Pods.kubectl(lab, "get nodes ultron --no-headers")).contains(" Ready ");
        Launched.eventually(
                "pods run there again",
                () -> lab.on(Lab.AGENT, "k3s crictl pods -q --state Ready | wc -l")
                                .strip()
                                .compareTo("0")
                        > 0);
        Run again = recover("--offline", "--yes");
        assertThat(again.exit()).as(again.err()).isEqualTo(Exit.DONE);
        assertThat(again.out()).contains("nothing to do offline");
        ghosts.delete("barred");
    }
}
