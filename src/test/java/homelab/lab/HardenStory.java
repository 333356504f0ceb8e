package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hardened hosts: seen when edited, undone without a trace, and a ghost goes with nobody touching anything. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class HardenStory {
    private static final String FILES =
            "find /etc /usr/local /var/lib/homelab /var/lib/rancher/k3s/agent/etc -xdev \\( -type f -o -type l \\)"
                    + " ! -path '/var/lib/homelab/taken-away/*' ! -name mtab | sort | xargs -d '\\n' sha256sum 2>/dev/null || :";

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void aCluster(Lab shared, Homelab user) {
        lab = shared;
        homelab = user;
        lab.cluster(homelab);
    }

    private static Run harden(String... more) {
        return homelab.run(Stream.concat(Stream.of("harden"), Stream.of(more)).toArray(String[]::new));
    }

    private static List<String> files(String node) {
        return lab.on(node, FILES).lines().toList();
    }

    @Test
    @Order(1)
    void isPartOfBootstrapAndSeesWhatSomebodyEdited() {
        Run none = harden("plan", "--exit-code");
        assertThat(none.exit()).as(none.out() + none.err()).isEqualTo(Exit.DONE);
        assertThat(none.out()).contains("nothing to do", "not on jarvis, ultron: harden clock: a container has");

        lab.on(Lab.AGENT, "echo >>/usr/local/lib/homelab/reap; systemctl disable -q homelab-live.timer");
        Run edited = harden("plan", "--exit-code");
        assertThat(edited.exit()).isEqualTo(Exit.TO_DO);
        assertThat(edited.out())
                .contains("/usr/local/lib/homelab/reap: other text", "unit homelab-live.timer at boot: off")
                .doesNotContain("jarvis\n");

        Run mended = harden("apply", "--yes");
        assertThat(mended.exit()).as(mended.err()).isEqualTo(Exit.DONE);
        assertThat(harden("plan", "--exit-code").exit()).isEqualTo(Exit.DONE);
    }

    /** At night, without a line to the outside, from a machine that never installed anything. */
    @Test
    @Order(2)
    void needsNoReleaseFiles() {
        Homelab elsewhere = Homelab.of(lab, homelab.folder().resolve("elsewhere"))
                .with("XDG_CACHE_HOME", homelab.folder().resolve("empty"))
                .where("releases: " + mirror(), "releases: http://127.0.0.1:9");

        assertThat(elsewhere.run("plan", "--only", "artifacts").err()).contains("cannot download http://127.0.0.1:9");
        List.of("harden plan", "recover --dry-run", "recover-sandboxes --dry-run", "incident", "status", "facts")
                .forEach(line -> {
                    Run run = elsewhere.run(line.split(" "));
                    assertThat(run.exit()).as(line + "\n" + run.err()).isEqualTo(Exit.DONE);
                });
    }

    private static String mirror() {
        return lab.mirror().lines().findFirst().orElseThrow();
    }

    @Test
    @Order(3)
    void leavesTheHostAsBeforeWhenItIsUndone() {
        assertThat(harden("undo", "--yes").exit()).isEqualTo(Exit.DONE);
        List<String> before = files(Lab.AGENT);
        assertThat(before).noneMatch(line -> line.contains("homelab-reap") || line.contains("leftovers"));

        assertThat(harden("apply", "--yes").exit()).isEqualTo(Exit.DONE);
        assertThat(files(Lab.AGENT)).hasSizeGreaterThan(before.size() + 10);

        Run undone = harden("undo", "--yes");
        assertThat(undone.exit()).as(undone.err()).isEqualTo(Exit.DONE);
        assertThat(files(Lab.AGENT)).isEqualTo(before);
        Run again = harden("undo", "--yes");
        assertThat(again.out()).contains("nothing to do");
    }

    @Test
    @Order(4)
    void letsAPodStartWithNobodyThere() {
        assertThat(harden("apply", "--yes").exit()).isEqualTo(Exit.DONE);
        Ghosts ghosts = new Ghosts(lab);
        String ghost = ghosts.bar("reaped", "Always");
        String kept = ghosts.bar("kept", "Never");

        String said = lab.on(Lab.AGENT, "/usr/local/lib/homelab/reap 0");

        assertThat(said)
                .contains("<5>removes " + ghost.substring(0, 12), "class A, barred")
                .contains("<4>leaves " + kept.substring(0, 12));
        Launched.eventually("the pod runs", java.time.Duration.ofSeconds(60), () -> ghosts.isReady("reaped"));
        assertThat(ghosts.runs("kept")).isZero();
        assertThat(lab.on(Lab.AGENT, "k3s crictl pods -q --no-trunc"))
                .contains(kept)
                .doesNotContain(ghost);
        ghosts.delete("reaped", "kept");
    }
}
