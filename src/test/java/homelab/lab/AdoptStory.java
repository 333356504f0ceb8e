package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import homelab.report.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster that k3s's install script made: read, written down, and taken over while it runs. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class AdoptStory {
    private static final String PROCESSES = """
            systemctl show -p MainPID -p ExecMainStartTimestamp k3s k3s-agent
            k3s ctr -n k8s.io tasks ls | sort
            """;
    private static Lab lab;
    private static Homelab user;
    private static Path inventory;

    @BeforeAll
    static void aClusterOfTheInstallScript(Labs labs) {
        lab = labs.own("adopt", "jarvis:server,ultron:agent", "--made-by", "install-script");
        user = InLab.user(lab, "AdoptStory");
        inventory = user.folder().resolve("mine.yaml");
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    /** With the inventory that init wrote. */
    private static Run run(String... words) {
        List<String> arguments = new ArrayList<>(Arrays.asList(words));
        arguments.addAll(List.of("-i", inventory.toString()));
        Run run = Run.of(Terminal.PIPE, user.env(), arguments.toArray(String[]::new));
        assertThat(run.out() + run.err()).doesNotContain(token());
        return run;
    }

    private static String token() {
        return lab.on(
                        Lab.AGENT,
                        "sed -n \"s/^K3S_TOKEN='\\(.*\\)'/\\1/p\" /etc/systemd/system/k3s-agent.service.env"
                                + " /var/lib/homelab/adopted/etc/systemd/system/k3s-agent.service.env 2>/dev/null | head -n 1")
                .strip();
    }

    private static String processes() {
        return lab.on(Lab.SERVER, PROCESSES) + lab.on(Lab.AGENT, PROCESSES);
    }

    @Test
    @Order(1)
    void refusesToTouchItUnasked() {
        Run refused = user.run("bootstrap", "--yes");

        Told.problem(
                refused,
                Exit.REFUSED,
                "jarvis: runs a k3s that homelab did not install",
                "differs: disable metrics-server, servicelb, traefik → not set",
                "homelab bootstrap --adopt does it");
        assertThat(lab.on(Lab.SERVER, "ls /etc/systemd/system /etc/rancher/k3s"))
                .doesNotContain("homelab", "config.yaml");
    }

    @Test
    @Order(2)
    void writesItDownAsItIs() throws IOException {
        Run init = run(
                "init",
                "--from",
                lab.address(Lab.SERVER),
                "--key",
                lab.state().resolve("id_ed25519").toString(),
                "--known-hosts",
                lab.state().resolve("known_hosts").toString());

        assertThat(init.exit()).as(init.err()).isEqualTo(Exit.DONE);
        assertThat(Files.readString(inventory))
                .contains(
                        "disable: [traefik, servicelb, metrics-server]",
                        "labels: {disk: ssd}",
                        "secrets-encryption: true");
        assertThat(run("validate").exit()).isEqualTo(Exit.DONE);
        Told.problem(
                run("init", "--from", lab.address(Lab.SERVER)),
                Exit.REFUSED,
                "nothing was written",
                "is there already",
                "-i");
        Files.writeString(
                inventory, Files.readString(inventory).replace("k3s:\n", "k3s:\n  releases: " + lab.mirror() + "\n"));
    }

    @Test
    @Order(3)
    void plansARestartWhereTheInventoryIsOtherwise() throws IOException {
        String equal = Files.readString(inventory);
        Files.writeString(inventory, equal.replace("max-pods=100", "max-pods=90"));

        String plan = run("plan", "--adopt", "--only", "config,server,agents").out();

        Files.writeString(inventory, equal);
        assertThat(plan)
                .contains("differs: kubelet-arg (k3s.io/node-args): max-pods=100 → max-pods=90")
                .contains("k3s: runs with other arguments → is restarted in its turn")
                .containsPattern("restart +service k3s\n")
                .containsPattern("restart +service k3s-agent\n");
    }

    @Test
    @Order(4)
    void takesItOverWhileItRuns() {
        String before = processes();
        Run plan = run("plan", "--adopt", "-v");
        assertThat(plan.out())
                .contains("k3s-agent: runs with equal arguments → goes on running")
                .doesNotContain("restart ");
        assertThat(plan.err().lines().filter(line -> line.strip().startsWith("jarvis: look at")))
                .as("round trips")
                .hasSizeLessThanOrEqualTo(3);

        Run adopted = run("bootstrap", "--adopt", "--yes");

        assertThat(adopted.exit()).as(adopted.err()).isEqualTo(Exit.DONE);
        assertThat(processes()).isEqualTo(before);
        Run again = run("plan", "--exit-code");
        assertThat(again.exit()).as(again.out()).isEqualTo(Exit.DONE);
        assertThat(lab.on(Lab.AGENT, "cat /etc/systemd/system/k3s-agent.service.env"))
                .doesNotContain("K3S_");
    }
}
