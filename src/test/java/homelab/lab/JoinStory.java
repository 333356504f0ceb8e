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

/** A third host comes into the running cluster. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class JoinStory {
    private static final String NEW = "vision";
    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void aClusterAndAFreshHost(Lab shared, Homelab user) {
        lab = shared;
        homelab = user;
        lab.cluster(user);
        lab.add(NEW + ":agent");
    }

    @Test
    @Order(1)
    void bringsAFreshHostIntoTheCluster() {
        assertThat(homelab.run("status").out()).contains("NodeReady vision", "homelab join-node vision");

        Run run = homelab.run("join-node", NEW, "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(homelab.run("status").out()).contains("vision\tagent\tyes\t");
        assertThat(lab.on(Lab.SERVER, "ufw status")).contains("8472/udp", lab.address(NEW));
    }

    @Test
    @Order(2)
    void hasNothingToDoForAMember() {
        Run run = homelab.run("join-node", NEW, "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.out()).startsWith("nothing to do: ");
    }

    @Test
    @Order(3)
    void refusesANameThatIsAMemberUnderAnotherAddress() throws IOException {
        String member = lab.address(NEW);
        String other = member.replaceFirst("[0-9]+$", "77");
        lab.on(NEW, "ip address add " + other + "/24 dev eth0");
        Path known = Files.writeString(
                homelab.folder().resolve("known_hosts"),
                Files.readString(lab.state().resolve("known_hosts")));

        Run run = homelab.where("vision: {address: " + member, "vision: {address: " + other)
                .where(lab.state().resolve("known_hosts").toString(), known.toString())
                .run("join-node", NEW, "--yes");

        lab.on(NEW, "ip address del " + other + "/24 dev eth0");
        Told.problem(
                run,
                Exit.REFUSED,
                "vision: is a member of the cluster already, under the address " + member,
                "the inventory says " + other,
                "give the new host another name");
    }

    @Test
    @Order(3)
    void bootstrapRefusesTwoHostsThatTheInventoryTakesForEachOther() {
        String vision = lab.address(NEW);
        String ultron = lab.address(Lab.AGENT);

        Run run = homelab.where("vision: {address: " + vision, "vision: {address: ?")
                .where("ultron: {address: " + ultron, "ultron: {address: " + vision)
                .where("vision: {address: ?", "vision: {address: " + ultron)
                .run("bootstrap", "--yes");

        Told.problem(
                run,
                Exit.REFUSED,
                "ultron: its host is the node vision of a cluster",
                "under another name it would be a second node",
                "call it vision in the inventory");
        assertThat(run.err()).contains("vision: its host is the node ultron of a cluster");
        assertThat(lab.on(Lab.AGENT, "hostname")).isEqualTo("ultron");
    }

    @Test
    @Order(4)
    void mendsAnAgentWithTheWrongTokenAndNeverShowsTheRightOne() {
        String token = lab.on(NEW, "cat /etc/rancher/k3s/token");
        lab.on(NEW, "systemctl stop k3s-agent; echo K10wrong::server:nonsense >/etc/rancher/k3s/token");

        Run plan = homelab.run("plan");
        Run run = homelab.run("bootstrap", "--yes");

        assertThat(plan.out()).contains("/etc/rancher/k3s/token");
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(lab.on(NEW, "cat /etc/rancher/k3s/token")).isEqualTo(token);
        assertThat(plan.out() + run.out() + run.err()).doesNotContain(token, "nonsense");
    }

    @Test
    @Order(5)
    void doesNotWaitForAnAgentWhoseTokenTheServerWillNeverTake() {
        String dropIn = "/etc/rancher/k3s/config.yaml.d/99-mine.yaml";
        lab.on(
                NEW,
                "mkdir -p /etc/rancher/k3s/config.yaml.d; echo 'token: K10wrong::nonsense' >" + dropIn
                        + "; systemctl stop k3s-agent");

        Run refused = homelab.run("bootstrap", "--yes");
        lab.on(NEW, "rm -r /etc/rancher/k3s/config.yaml.d");
        Run mended = homelab.run("bootstrap", "--yes");

        Told.problem(
                refused,
                Exit.FAILED,
                "vision: service k3s-agent: will not come up by waiting",
                "the server does not take the token",
                "run the same command again");
        assertThat(refused.err()).doesNotContain("nonsense");
        assertThat(mended.exit()).as(mended.err()).isEqualTo(Exit.DONE);
    }

    @Test
    @Order(6)
    void saysWhatIsWrongWithANameThatIsNotInTheInventory() {
        Told.problem(
                homelab.run("join-node", "visoin"),
                Exit.USAGE,
                "the inventory has no node 'visoin'",
                "jarvis, ultron, vision",
                "did you mean vision");
    }
}
