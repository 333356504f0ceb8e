package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two bare hosts become a Ready cluster; what is broken by hand is seen and mended. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(480)
class FirstClusterStory {
    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void twoBareHosts(Lab shared, Homelab user) {
        lab = shared.bare();
        homelab = user;
    }

    @Test
    @Order(1)
    void plansWithoutTouchingAnything() throws IOException {
        List<Footprint> before = Footprint.of(lab, Lab.SERVER, Lab.AGENT);

        Run run = homelab.run("plan", "--exit-code");

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isEqualTo(Exit.TO_DO);
        assertThat(run.out()).contains("jarvis\n", "ultron\n", "start    service k3s\n", "inactive → active");
        assertThat(Footprint.changes(before, Footprint.of(lab, Lab.SERVER, Lab.AGENT)))
                .isEmpty();
        assertThat(homelab.files()).allMatch(file -> file.matches(".*/FirstClusterStory(/inventory.yaml)?"));
        Documented.lastLine(lab, run.out(), Documented.README, Documented.TUTORIAL);
    }

    @Test
    @Order(2)
    void makesTwoBareHostsAReadyCluster() {
        lab.used();

        Run run = homelab.run("bootstrap", "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.out()).matches("(?s)bootstrap story-.*: done, \\d+ changes in \\d+ s.*");
        assertThat(homelab.run("status", "--exit-code").exit()).isEqualTo(Exit.DONE);
        assertThat(homelab.run("status").out()).contains("jarvis\tserver\tyes\t", "ultron\tagent\tyes\t");
        assertThat(lab.on(Lab.AGENT, "ufw status")).contains("Status: active");
    }

    @Test
    @Order(3)
    void hasNothingToDoAfterwardsAndAsksEachHostAtMostTwiceOverOneConnection() throws IOException {
        Visits visits = Visits.count(lab, Lab.SERVER, Lab.AGENT);

        Run run = homelab.run("plan", "--exit-code");

        assertThat(run.out()).startsWith("nothing to do: ");
        assertThat(run.exit()).isEqualTo(Exit.DONE);
        Documented.lastLine(lab, run.out(), Documented.README, Documented.TUTORIAL);
        Documented.thingsInAll(run.out(), Documented.TUTORIAL, Documented.PLANS);
        assertThat(visits.connections()).isEqualTo(List.of(1, 1));
        assertThat(visits.sessions()).allMatch(sessions -> sessions == 1 || sessions == 2);
    }

    @ParameterizedTest
    @Order(4)
    @EnumSource(Breakage.class)
    void plansExactlyWhatWasBrokenByHandAndMendsIt(Breakage breakage) {
        lab.on(breakage.node, breakage.script);

        Run plan = homelab.run("plan", "--exit-code");

        assertThat(plan.exit()).as(plan.out()).isEqualTo(Exit.TO_DO);
        assertThat(steps(plan)).isEqualTo(new TreeSet<>(breakage.steps));
        assertThat(plan.out()).contains(breakage.change);
        Run mended = homelab.run("bootstrap", "--yes");
        assertThat(mended.exit()).as(mended.err()).isEqualTo(Exit.DONE);
        Run empty = homelab.run("plan", "--exit-code");
        assertThat(empty.exit()).as(empty.out()).isEqualTo(Exit.DONE);
    }

    /** The steps of a plan, e.g. "start service k3s". */
    private static Set<String> steps(Run plan) {
        Set<String> steps = new TreeSet<>();
        plan.out()
                .lines()
                .filter(line -> line.matches("  [a-z].*"))
                .forEach(line -> steps.add(line.strip().replaceFirst(" +", " ").replaceFirst(":.*", "")));
        return steps;
    }

    @Test
    @Order(5)
    void letsPodsOnBothNodesReachEachOtherThroughTheFirewall() {
        Pods pods = Pods.onEachNode(lab);

        assertThat(pods.answers("jarvis", "ultron")).isEqualTo("ultron");
        assertThat(pods.answers("ultron", "jarvis")).isEqualTo("jarvis");
    }

    @Test
    @Order(6)
    void namesAClosedPodNetworkInItsStatus() {
        lab.on(Lab.AGENT, "iptables -I INPUT -p udp --dport 8472 -j DROP");

        Run closed = homelab.run("status", "--exit-code");
        Run doctor = homelab.run("doctor", "--group", "NET");

        lab.on(Lab.AGENT, "iptables -D INPUT -p udp --dport 8472 -j DROP");
        assertThat(closed.exit()).as(closed.out()).isEqualTo(Exit.FAILED);
        assertThat(closed.out()).contains("✗ PodNetwork jarvis", "jarvis -> ultron", "8472/udp", "    fix  ");
        assertThat(doctor.exit()).as(doctor.out()).isEqualTo(Exit.FAILED);
        assertThat(doctor.out()).contains("✗ NET-006 ", "8472");
        Run open = homelab.run("status", "--exit-code");
        assertThat(open.exit()).as(open.out()).isEqualTo(Exit.DONE);
    }

    @Test
    @Order(7)
    void findsNothingToMendInAHealthyHouseHereOrFromItsSnapshot() throws IOException {
        Path kept = homelab.folder().resolve("snapshot.json");

        Run here = homelab.run("doctor", "--all", "--save", kept.toString());
        Run elsewhere = homelab.run("doctor", "--all", "--from-snapshot", kept.toString());

        assertThat(here.exit()).as(here.out()).isEqualTo(Exit.DONE);
        assertThat(here.out()).doesNotContain("✗", "? ").contains("✓ HOST-001 jarvis: answers", "✓ K3S-002 ultron: ");
        assertThat(elsewhere.out()).isEqualTo(here.out());
        assertThat(Files.readString(kept)).doesNotContain(lab.on(Lab.SERVER, "cat /var/lib/rancher/k3s/server/token"));
    }

    @Test
    @Order(8)
    void mendsWhatIsSafeToMendAndNothingElse() {
        lab.on(Lab.AGENT, "rm /etc/sysctl.d/90-homelab.conf; echo 0 >/proc/sys/net/ipv4/ip_forward");

        Run fixed = homelab.run("doctor", "--fix", "--yes", "--group", "HOST");

        assertThat(fixed.exit()).as(fixed.err() + fixed.out()).isEqualTo(Exit.DONE);
        assertThat(fixed.err())
                .contains("net.ipv4.ip_forward", "/etc/sysctl.d/90-homelab.conf")
                .doesNotContain("service k3s");
        assertThat(lab.on(Lab.AGENT, "cat /proc/sys/net/ipv4/ip_forward")).isEqualTo("1");
        assertThat(homelab.run("plan", "--exit-code").exit()).isEqualTo(Exit.DONE);
    }

    @Test
    @Order(9)
    void tellsANodeThatIsOffOnceAndJudgesTheOther() {
        lab.kill(Lab.AGENT);

        Run dead = homelab.run("doctor", "--all");

        lab.start(Lab.AGENT);
        assertThat(dead.exit()).as(dead.out()).isEqualTo(Exit.FAILED);
        assertThat(dead.out())
                .contains("✗ HOST-001 ultron: is not reached", "so   not judged: HOST-002, ", "✓ K3S-001 ")
                .doesNotContain("? ultron", "the check itself broke");
        assertThat(homelab.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
    }

    @Test
    @Order(10)
    void judgesTheHostsWhileTheApiIsDead() {
        lab.on(Lab.SERVER, "systemctl stop k3s");

        Run dead = homelab.run("doctor");

        lab.on(Lab.SERVER, "systemctl start k3s");
        assertThat(dead.exit()).isEqualTo(Exit.FAILED);
        assertThat(dead.out()).contains("✗ K3S-001 ").doesNotContain("HOST-001", "the check itself broke");
        assertThat(homelab.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
    }
}
