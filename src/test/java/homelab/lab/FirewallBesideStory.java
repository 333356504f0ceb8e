package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A firewall beside what else is there: addresses of IPv6, and the chains of a real Docker. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
class FirewallBesideStory {
    private static final String FILES =
            "sha256sum /etc/default/ufw /etc/ufw/ufw.conf /etc/ufw/user.rules /etc/ufw/user6.rules";

    private static Lab lab;
    private static Homelab homelab;
    private static String network;

    @BeforeAll
    static void aHostWithBothKindsOfAddress(Labs labs) {
        lab = labs.own("beside", "jarvis:server", "--ipv6");
        homelab = InLab.user(lab, "FirewallBesideStory");
        String third = lab.lan().split("\\.")[2];
        network = third.equals("0") ? "fd77::" : "fd77:0:" + third + "::"; // as everybody shortens it
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    private static String on(String script) {
        return lab.on(Lab.SERVER, script).strip();
    }

    private static String address() {
        return network + lab.address(Lab.SERVER).replaceFirst(".*\\.", "");
    }

    private static boolean greetsByIpv6() {
        String greeted = "timeout 3 bash -c 'read -r hello </dev/tcp/" + address() + "/22 && [[ $hello == SSH-* ]]'";
        return Said.by(Duration.ofSeconds(5), "bash", "-c", greeted).exit() == 0;
    }

    private static Run done(Run run) {
        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(Exit.DONE);
        return run;
    }

    @Test
    @Order(1)
    void aNamedSourceOfIpv6IsLetInAndTakenAwayAgain() {
        on("sed -i 's/^IPV6=.*/IPV6=no/' /etc/default/ufw");
        String files = on(FILES);
        Homelab user = homelab.where("  pods: ", "  sources: [\"" + network + "/64\"]\n  pods: ");

        assertThat(user.run("firewall", "plan").out())
                .contains("IPV6 in /etc/default/ufw: no → yes", "allow 22/tcp from " + network + "/64");
        done(user.run("firewall", "apply", "--yes"));
        done(user.run("firewall", "rollback", "--yes"));
        assertThat(on(FILES)).isEqualTo(files);

        done(user.run("firewall", "apply", "--yes"));
        done(user.run("firewall", "plan", "--exit-code"));
        assertThat(user.run("firewall", "show").out()).contains("allow 22/tcp from " + network + "/64 (homelab: SSH");
        assertThat(on("ip6tables -S ufw6-user-input")).contains("-s " + network + "/64 -p tcp -m tcp --dport 22");
        assertThat(on("ip6tables -S INPUT")).contains("-P INPUT DROP");
        assertThat(greetsByIpv6()).isTrue();

        on("ip6tables -P INPUT ACCEPT; ip6tables -F INPUT");
        assertThat(user.run("firewall", "plan").out()).contains("firewall now, for IPv6: off → on");
        done(user.run("firewall", "apply", "--yes"));
        assertThat(on("ip6tables -S INPUT")).contains("-P INPUT DROP", "-j ufw6-before-input");

        done(homelab.run("firewall", "apply", "--yes"));
        assertThat(greetsByIpv6()).as("who is no source any more").isFalse();
        done(homelab.run("firewall", "rollback", "--yes"));
        assertThat(greetsByIpv6()).as("the source is let in again").isTrue();
    }

    @Test
    @Order(2)
    void aHostIsReachedPlannedAndShutByItsAddressOfIpv6() {
        on("ufw --force reset >/dev/null");
        Homelab user = homelab.where(lab.lan(), network + "/64")
                .where("address: " + lab.address(Lab.SERVER), "address: \"" + address() + "\"")
                .where("10.42.0.0/16", "fd42::/56")
                .where("10.43.0.0/16", "fd43::/112");

        assertThat(done(user.run("validate")).out()).contains("nothing wrong");
        assertThat(done(user.run("facts")).out()).containsPattern("jarvis\\s.*Debian");
        assertThat(user.run("plan").out()).contains(address() + " jarvis");
        assertThat(done(user.run("firewall", "apply", "--yes")).err())
                .contains("here\tjarvis\t22/tcp (SSH)\topen\topen");
        assertThat(user.run("firewall", "show").out()).contains("here\tjarvis\t22/tcp (SSH)\topen");
        done(user.run("firewall", "plan", "--exit-code"));
        assertThat(greetsByIpv6()).isTrue();
        assertThat(homelab.run("facts").exit()).as("IPv4 is no source").isEqualTo(Exit.BLIND);

        done(user.run("firewall", "rollback", "--yes"));
        done(homelab.run("facts"));
    }

    @Test
    @Order(3)
    void theChainsOfDockerStayAndWhatItPublishesIsReached() {
        InnerDocker docker = InnerDocker.on(lab, Lab.SERVER);
        docker.publish(8081, "hello from inside");
        String chains = docker.chains();
        assertThat(chains).contains("-A FORWARD -j DOCKER-USER", "-A DOCKER ! -i docker0 -p tcp", "--dport 8081");

        for (String deed : List.of("apply", "rollback", "apply")) {
            done(homelab.run("firewall", deed, "--yes"));
            assertThat(docker.chains()).as(deed).isEqualTo(chains);
            assertThat(docker.read(8081)).as(deed).isEqualTo("hello from inside");
        }
        assertThat(homelab.run("firewall", "show").out())
                .contains("ports that Docker publishes are not filtered by UFW");
    }
}
