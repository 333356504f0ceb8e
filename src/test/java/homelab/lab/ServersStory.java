package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
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

/**
 * Three servers and two agents: from one server to three, with the first of the file dead, through a change of a setting,
 * a server that lost its data, and all of them down.
 */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(480)
class ServersStory {
    /** The first of the file is neither the one that founds the cluster nor the first by name. */
    private static final String FIRST = "vision";

    private static final List<String> SERVERS = List.of("vision", "jarvis", "friday");
    private static final String CONFIG = "/etc/rancher/k3s/config.yaml";
    private static final String MANIFESTS = "cd /var/lib/rancher/k3s/server/manifests && sha256sum * && cat homelab-*";

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void hosts(Labs labs) {
        lab = labs.own("ha", "vision:server,jarvis:server,friday:server,ultron:agent,edith:agent");
        homelab = InLab.user(lab, "ServersStory");
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    private static void done(Run run) {
        List<String> told = run.err().lines().toList(); // its end says why, and a log of CI is cut
        String end = String.join("\n", told.subList(Math.max(0, told.size() - 30), told.size()));
        assertThat(run.exit()).as(end).isEqualTo(Exit.DONE);
    }

    private static void nothingToDo(Homelab user) {
        Run plan = user.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
    }

    /** As etcd tells it on a server: "friday jarvis vision", voters only. */
    private static String voters(String asked) {
        return lab.on(asked, """
                cd /var/lib/rancher/k3s/server/tls/etcd
                curl -s --cacert server-ca.crt --cert client.crt --key client.key -d '{}' \\
                  https://127.0.0.1:2379/v3/cluster/member/list | grep -o '{"ID"[^}]*}' | grep -v isLearner |
                  sed 's/.*"name":"\\([a-z]*\\)-.*/\\1/' | sort | tr '\\n' ' '
                """);
    }

    @Test
    @Order(1)
    void oneServerFoundsTheCluster() {
        Homelab alone = homelab.where("  vision: {", "  # vision: {").where("  friday: {", "  # friday: {");

        done(alone.run("bootstrap", "--yes"));

        assertThat(lab.on("jarvis", "cat " + CONFIG)).contains("cluster-init: true");
        nothingToDo(alone);
    }

    @Test
    @Order(2)
    void twoMoreServersJoinTheLivingClusterOneByOne() {
        done(homelab.run("join-node", "friday", "vision", "--yes"));

        SERVERS.forEach(server -> assertThat(voters(server)).isEqualTo("friday jarvis vision"));
        Run rest = homelab.run("bootstrap", "--yes");
        done(rest);
        SERVERS.forEach(server -> assertThat(lab.on(server, "cat " + CONFIG))
                .contains("server: https://")
                .doesNotContain("cluster-init"));
        assertThat(lab.on("jarvis", "systemctl show -p NRestarts --value k3s")).isEqualTo("0");
        nothingToDo(homelab);
    }

    @Test
    @Order(3)
    void worksOnWithoutTheFirstServerOfTheFile() {
        lab.kill(FIRST);
        lab.forget(FIRST);

        Run run = homelab.run("bootstrap", "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.BLIND);
        assertThat(run.out()).contains("nothing to do");
        assertThat(run.err()).contains("✗ vision: cannot be reached by SSH");
        assertThat(run.err()).as("not until the deadline").containsPattern("No route to host \\(tried for \\d s\\)");
    }

    @Test
    @Order(4)
    void refusesARestartThatWouldStopEtcd() {
        Run run = changed().run("bootstrap", "--yes");

        Told.problem(
                run,
                Exit.REFUSED,
                "friday: a restart of k3s would stop etcd",
                "1 of its 3 members would be left and 2 are needed; " + lab.address(FIRST),
                "bring the other servers back first");
        assertThat(lab.on("friday", "cat " + CONFIG)).doesNotContain("k3s.home.arpa");
    }

    private static Homelab changed() {
        return homelab.where("  secrets-encryption: true", "  secrets-encryption: true\n  tls-san: [k3s.home.arpa]")
                .where("nodes:\n", "addons: {traefik: {trusted-ips: [192.0.2.7/32]}}\nnodes:\n");
    }

    @Test
    @Order(5)
    void rollsAChangedSettingOneServerAtATime() {
        lab.start(FIRST);
        Launched.eventually("it votes again", () -> voters(FIRST).equals("friday jarvis vision"));

        Run run = changed().run("bootstrap", "--yes");

        done(run);
        assertThat(run.err().lines().filter(line -> line.matches(".*(service k3s|etcd member \\S+|API)[ :(].*s\\)")))
                .as(run.err())
                .isNotEmpty();
        nothingToDo(changed());
        SERVERS.forEach(server -> assertThat(lab.on(server, "cat " + CONFIG)).contains("k3s.home.arpa"));
        manifestsAreAlike();
    }

    /** Each server applies what lies in its folder: with another file there, two of them would fight over the object. */
    private static void manifestsAreAlike() {
        String first = lab.on("jarvis", MANIFESTS);
        assertThat(first).contains("192.0.2.7/32", "homelab-traefik.yaml", "coredns.yaml", "traefik.yaml");
        SERVERS.forEach(
                server -> assertThat(lab.on(server, MANIFESTS)).as(server).isEqualTo(first));
    }

    @Test
    @Order(6)
    void refusesWhatIsFixedOrMustBeAlikeBeforeAnythingIsTouched() {
        Told.problem(
                changed().where("pods: 10.42.0.0/16", "pods: 10.52.0.0/16").run("bootstrap", "--yes"),
                Exit.REFUSED,
                "network.pods cannot be changed",
                "the cluster has pods 10.42.0.0/16 where the inventory means 10.52.0.0/16",
                "set it back");
        String dropIn = CONFIG + ".d/90-mine.yaml";
        lab.on("friday", "mkdir -p " + CONFIG + ".d; echo 'flannel-backend: host-gw' > " + dropIn);
        Told.problem(
                changed().run("bootstrap", "--yes"),
                Exit.REFUSED,
                "friday: " + dropIn + " sets flannel-backend",
                "it says host-gw and the inventory vxlan",
                "take the line out of");
        lab.on("friday", "rm " + dropIn);
        Told.problem(
                changed()
                        .where("  tls-san:", "  token: {command: [echo, zebra]}\n  tls-san:")
                        .run("bootstrap", "--yes"),
                Exit.REFUSED,
                "the token of the inventory is not the cluster's",
                "server/token on friday is another one",
                "put the cluster's own token");
        nothingToDo(changed());
    }

    @Test
    @Order(7)
    void aServerThatWasInstalledAnewTakesItsOldSeat() {
        lab.on(FIRST, """
                systemctl disable --now k3s
                rm -rf /var/lib/rancher/k3s/server /var/lib/rancher/k3s/agent /etc/rancher
                tr -d - </proc/sys/kernel/random/uuid >/etc/machine-id
                """);
        lab.kill(FIRST);
        lab.start(FIRST); // a new installation boots, and its journal is another one
        Told.problem(
                changed().run("bootstrap", "--yes"),
                Exit.REFUSED,
                "vision: etcd has a member at " + lab.address(FIRST),
                "installed anew",
                "kubectl delete node vision");
        assertThat(lab.tried(FIRST, "test -e /etc/rancher").exit()).isEqualTo(1);

        Launched.eventually(
                "its Node is not Ready",
                Duration.ofSeconds(90),
                () -> !lab.on("jarvis", "k3s kubectl get node vision --no-headers")
                        .contains(" Ready "));
        Run joined = changed().run("join-node", FIRST, "--yes");

        done(joined);
        assertThat(joined.err()).contains("vision: was installed anew since it joined");

        assertThat(voters("friday")).isEqualTo("friday jarvis vision");
        nothingToDo(changed());
        manifestsAreAlike();
    }

    @Test
    @Order(8)
    void wakesAllServersTogetherWhenNoneAnswers() {
        SERVERS.forEach(server -> lab.on(server, "systemctl stop --no-block k3s"));
        SERVERS.forEach(server -> lab.on(server, "systemctl stop k3s"));
        String ca = lab.on("jarvis", "sha256sum /var/lib/rancher/k3s/server/tls/server-ca.crt");

        Run run = changed().run("bootstrap", "--yes");

        done(run);
        SERVERS.forEach(server -> assertThat(lab.on(server, "sha256sum /var/lib/rancher/k3s/server/tls/server-ca.crt"))
                .isEqualTo(ca));
        assertThat(voters("vision")).isEqualTo("friday jarvis vision");
        nothingToDo(changed());
    }

    @Test
    @Order(9)
    void isAHouseInWhichDoctorFindsNothingBroken() {
        DoctorLook look = DoctorLook.by(changed());
        for (int again = 0; again < 8 && !look.isHealthy(); again++) {
            look = DoctorLook.by(changed()); // what was away a moment ago is still coming up
        }

        assertThat(look.of("FAIL")).isEmpty();
        assertThat(look.of("UNKNOWN")).isEmpty();
    }

    /** Last, since an inventory of two servers is none. */
    @Test
    @Order(10)
    void theServerThatFoundedTheClusterLeavesItLikeAnyOther() throws IOException {
        String kubeconfig = Files.readString(homelab.kubeconfig());
        Files.writeString(homelab.kubeconfig(), kubeconfig.replace(lab.address("friday"), lab.address("jarvis")));
        Told.problem(
                changed().run("remove-node", "jarvis", "--yes"),
                Exit.REFUSED,
                "jarvis: 2 servers are left, an even number",
                "etcd of 2 needs 2 of them",
                "--even-servers");

        Run run = changed().run("remove-node", "jarvis", "--yes", "--even-servers");

        done(run);
        assertThat(voters("vision")).isEqualTo("friday vision");
        assertThat(lab.on("vision", "k3s kubectl get nodes -o name")).doesNotContain("jarvis");
        assertThat(Files.readString(homelab.kubeconfig()))
                .contains("https://" + lab.address("friday"))
                .doesNotContain(lab.address("jarvis"));
        assertThat(changed()
                        .run("remove-node", "jarvis", "--yes", "--even-servers")
                        .out())
                .startsWith("nothing to do: ");
    }
}
