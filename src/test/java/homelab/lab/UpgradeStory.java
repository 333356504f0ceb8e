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

/** Two Pis get the next minor: lab k3s with Kubernetes 1.34 and etcd 3.6 where 1.33 and 3.5 were. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class UpgradeStory {
    private static final String BEFORE = "v1.33.4+k3s1";
    private static final String NEXT = "v1.34.3+k3s1";
    private static final String BROKEN = "/etc/systemd/system/k3s-agent.service.d/99-broken.conf";
    private static final String AGENT_ONLY =
            "k3s kubectl get node ultron -o jsonpath={.status.nodeInfo.kubeletVersion}";

    private static Lab lab;
    private static Homelab homelab;
    private static Homelab upgraded;

    @BeforeAll
    static void aClusterAndANewerRelease(Lab shared, Homelab user) {
        lab = shared;
        homelab = user;
        upgraded = user.where(BEFORE, NEXT);
        lab.serveNext();
        lab.cluster(user);
    }

    private static String inventory() throws IOException {
        return Files.readString(homelab.folder().resolve("inventory.yaml"));
    }

    private static String versions() {
        return lab.on(Lab.SERVER, "k3s kubectl get nodes -o jsonpath='{.items[*].status.nodeInfo.kubeletVersion}'");
    }

    @Test
    @Order(1)
    void refusesWhileANodeIsClosed() throws IOException {
        lab.on(Lab.SERVER, "k3s kubectl cordon ultron");
        Run run = homelab.run("upgrade", "--to", NEXT, "--yes");
        lab.on(Lab.SERVER, "k3s kubectl uncordon ultron");

        Told.problem(
                run,
                Exit.REFUSED,
                "not while another node is out of service",
                "node ultron is closed to pods",
                "kubectl uncordon ultron");
        assertThat(inventory()).contains(BEFORE).doesNotContain(NEXT);
    }

    @Test
    @Order(1)
    void refusesWhatMayNotFollowBeforeItIsLookedFor() throws IOException {
        Run far = homelab.run("upgrade", "--to", "v9.99.9+k3s1", "--yes");
        Run back = homelab.run("upgrade", "--to", "v1.32.0+k3s1", "--dry-run");

        Told.problem(
                far,
                Exit.REFUSED,
                "jarvis: v9.99.9\\+k3s1 is more than one minor away",
                "it runs " + BEFORE.replace("+", "\\+"),
                "homelab upgrade --to v1.34.0\\+k3s1");
        assertThat(back.exit()).as(back.err()).isEqualTo(Exit.REFUSED);
        assertThat(back.err()).contains("Kubernetes cannot go back").doesNotContain("cannot download");
        assertThat(inventory()).contains(BEFORE);
    }

    @Test
    @Order(1)
    void goesByAChannelOneMinorAtATime() throws IOException {
        Run far = homelab.run("upgrade", "--channel", "latest", "--yes");
        Run next = homelab.run("upgrade", "--channel", "stable", "--dry-run");

        Told.problem(
                far,
                Exit.REFUSED,
                "jarvis: v1.35.1\\+k3s1 is more than one minor away",
                "it runs .*; channel latest means v1.35.1\\+k3s1",
                "homelab upgrade --channel v1.34");
        assertThat(next.exit()).as(next.err()).isEqualTo(Exit.DONE);
        assertThat(next.out()).contains("channel stable means " + NEXT, "replace  k3s " + NEXT);
        assertThat(inventory()).contains(BEFORE);
    }

    @Test
    @Order(2)
    void stopsAtTheAgentThatDoesNotComeUpAndSaysTheWayBack() throws IOException {
        lab.on(Lab.AGENT, """
                mkdir -p /etc/systemd/system/k3s-agent.service.d
                printf '[Service]\nExecStart=\nExecStart=/bin/sh -c "echo the release cannot do this; exit 1"\n' >%s
                systemctl daemon-reload
                """.formatted(BROKEN));
        String containers = lab.on(Lab.SERVER, "pgrep -f '[c]ontainerd-shim' | sort | head -3 | xargs");

        Run run = homelab.run("upgrade", "--to", NEXT, "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.FAILED);
        assertThat(inventory()).contains("version: " + NEXT);
        assertThat(run.err())
                .contains(
                        "ended as soon as it began", "the release cannot do this", "back:    on an agent, sudo install")
                .contains("homelab snapshot restore before-v1.34.3-k3s1");
        assertThat(versions()).isEqualTo(NEXT + " " + BEFORE);
        assertThat(lab.on(Lab.AGENT, "/var/lib/homelab/k3s-before --version")).contains(BEFORE);
        assertThat(lab.on(Lab.SERVER, "pgrep -f '[c]ontainerd-shim' | sort | xargs"))
                .as("pods went on")
                .contains(containers);
    }

    @Test
    @Order(3)
    void goesOnWhenThatIsMended() {
        lab.on(Lab.AGENT, "rm " + BROKEN + "; systemctl daemon-reload");

        Run run = upgraded.run("upgrade", "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(versions()).isEqualTo(NEXT + " " + NEXT);
        assertThat(upgraded.run("snapshot", "list").out()).containsOnlyOnce("before-v1.34.3-k3s1-jarvis");
        assertThat(lab.on(Lab.SERVER, "curl -sf http://127.0.0.1:2381/metrics"))
                .as("another etcd with the data of before")
                .contains("server_version=\"3.6.");
    }

    @Test
    @Order(4)
    void hasNothingToDoASecondTime() {
        Run run = upgraded.run("upgrade", "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.out()).startsWith("nothing to do");
        assertThat(upgraded.run("plan").out()).startsWith("nothing to do");
    }

    @Test
    @Order(5)
    void doesNotGoBack() {
        Run run = homelab.run("upgrade", "--yes");

        assertThat(run.exit()).isEqualTo(Exit.REFUSED);
        assertThat(run.err()).contains("Kubernetes cannot go back");
        assertThat(lab.on(Lab.SERVER, AGENT_ONLY)).isEqualTo(NEXT);
    }
}
