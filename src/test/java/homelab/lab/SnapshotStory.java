package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster's memory is taken, brought away, lost, laid back, and is the cluster's again. */
@ExtendWith(InLab.class)
@Timeout(240)
class SnapshotStory {
    private static final String FOLDER = "/var/lib/rancher/k3s/server/db/snapshots/";

    private static final String COPIES = Lab.AGENT + ":/srv/away";

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void aCluster(Lab at, Homelab user) {
        lab = at;
        homelab = user;
        lab.cluster(user);
        kubectl("delete namespace newer older --ignore-not-found");
    }

    @Test
    void whatWasMadeSinceIsNamedAndForgottenAndWhatWasThereIsBack() throws IOException {
        kubectl("create namespace older");
        assertThat(homelab.run("snapshot", "save", "story").exit()).isEqualTo(Exit.DONE);
        String name = nameOf("story");
        Path pulled = Path.of(homelab.run("snapshot", "pull", "story").out().strip());
        assertThat(Files.readString(pulled, java.nio.charset.StandardCharsets.ISO_8859_1))
                .startsWith("age-encryption.org/v1")
                .doesNotContain("older");
        assertThat(homelab.run("snapshot", "delete", "story", "--cluster", lab.name())
                        .exit())
                .isEqualTo(Exit.DONE);
        assertThat(lab.on(Lab.SERVER, "ls /var/lib/homelab/snapshots")).doesNotContain(name);
        kubectl("create namespace newer");
        kubectl("delete namespace older");
        refuses(pulled);

        assertThat(homelab.run("snapshot", "push", pulled.toString()).out()).startsWith(name);
        Run nobody = homelab.run("snapshot", "restore", "story");
        assertThat(nobody.exit()).as("nobody typed the name").isEqualTo(Exit.REFUSED);
        assertThat(nobody.err()).contains("Namespace: newer");
        String agent = lab.on(Lab.AGENT, Lab.AGENT_START);
        Run restored = homelab.run("snapshot", "restore", "story", "--cluster", lab.name());

        assertThat(restored.exit()).as(restored.err()).isEqualTo(Exit.DONE);
        assertThat(lab.on(Lab.AGENT, Lab.AGENT_START + "; ls /var/lib/homelab/restart 2>/dev/null || :"))
                .as("what its kubelet was told of a greater revision is no more")
                .isNotEqualTo(agent)
                .hasLineCount(1);
        assertThat(kubectl("get namespaces -o name")).contains("older").doesNotContain("newer");
        assertThat(homelab.run("plan").out()).startsWith("nothing to do");
    }

    @Test
    void aSealedCopyOnAnotherNodeGivesTheClusterBackAndADamagedOneIsTold() {
        assertThat(homelab.run("snapshot", "save", "away").exit()).isEqualTo(Exit.DONE);
        String name = nameOf("away");
        Run pulled = homelab.run("snapshot", "pull", "away", "--to", COPIES);
        assertThat(pulled.exit()).as(pulled.err()).isEqualTo(Exit.DONE);
        assertThat(pulled.out()).isEqualTo(COPIES + "/" + name + ".age\n");
        assertThat(lab.on(Lab.AGENT, "cd /srv/away && stat -c %a . * && sha256sum -c *.sha256"))
                .isEqualTo("700\n600\n600\n" + name + ".age: OK");
        assertThat(homelab.run("snapshot", "pull", "away", "--to", COPIES).err())
                .contains("nothing to do");
        assertThat(homelab.run("snapshot", "pull", "away", "--to", Lab.SERVER).exit())
                .isEqualTo(Exit.REFUSED);
        assertThat(homelab.run("snapshot", "delete", "away", "--cluster", lab.name())
                        .exit())
                .isEqualTo(Exit.DONE);
        assertThat(homelab.run("snapshot", "list").out()).contains(name + "\t-\t", "\t" + COPIES + "\n");

        Run drill = homelab.run("snapshot", "drill", "away", "--from", COPIES);
        assertThat(drill.exit()).as(drill.out() + drill.err()).isEqualTo(Exit.DONE);
        Run push = homelab.run("snapshot", "push", "away", "--from", COPIES);
        assertThat(push.exit()).as(push.err()).isEqualTo(Exit.DONE);
        assertThat(homelab.run("snapshot", "restore", "away", "--from", COPIES, "--dry-run")
                        .exit())
                .isEqualTo(Exit.DONE);

        assertThat(homelab.run("snapshot", "check", "--from", COPIES).err()).contains("it is what was written");
        lab.on(Lab.AGENT, "truncate -s -1000 /srv/away/" + name + ".age");
        assertThat(homelab.run("snapshot", "list", "--from", COPIES).out()).contains("(not whole)");
        Run cut = homelab.run("snapshot", "check", "--from", COPIES);
        assertThat(cut.exit()).isEqualTo(Exit.FAILED);
        assertThat(cut.err()).contains(name + ".age is not whole");
        assertThat(homelab.run("snapshot", "delete", "away", "--from", COPIES, "--cluster", lab.name())
                        .exit())
                .isEqualTo(Exit.DONE);
        assertThat(lab.on(Lab.AGENT, "ls -A /srv/away; rm -r /srv/away")).isBlank();
        assertThat(homelab.run("snapshot", "delete", "away", "--cluster", lab.name())
                        .exit())
                .isEqualTo(Exit.DONE);
    }

    @Test
    void aDrillRestoresItElsewhereAndLeavesNothingAndATokenOfAnotherTimeFails() {
        assertThat(homelab.run("snapshot", "save", "drilled").exit()).isEqualTo(Exit.DONE);
        String name = nameOf("drilled");

        Run passed = homelab.run("snapshot", "drill", "drilled", "--node", Lab.AGENT);

        assertThat(passed.exit()).as(passed.out() + passed.err()).isEqualTo(Exit.DONE);
        assertThat(passed.out()).startsWith("passed: " + name).contains("Secrets, each opened");
        assertThat(
                        lab.on(
                                Lab.AGENT,
                                "ls -d /var/lib/homelab/drill /var/lib/rancher/k3s/server 2>/dev/null; ls -A /var/lib/homelab/snapshots"))
                .isBlank();

        lab.on(
                Lab.SERVER,
                "echo K10" + "a".repeat(64) + "::server:other >/var/lib/homelab/snapshots/" + name + "/token");
        Run failed = homelab.run("snapshot", "drill", "drilled");

        assertThat(failed.exit()).as(failed.out() + failed.err()).isEqualTo(Exit.FAILED);
        assertThat(failed.out()).contains("why:     bootstrap data found and encrypted with different token");
        Run doctor = homelab.run("doctor", "--only", "ETCD-006");
        assertThat(doctor.out()).contains("gave no cluster back");
        assertThat(homelab.run("snapshot", "delete", "drilled", "--cluster", lab.name())
                        .exit())
                .isEqualTo(Exit.DONE);
    }

    @Test
    void aTimerDrillsUntilItIsTakenAway() {
        assertThat(homelab.run("snapshot", "drill", "--every", "weekly").exit()).isEqualTo(Exit.DONE);
        assertThat(homelab.run("snapshot", "drill", "--every", "weekly").out()).contains("nothing to do");
        assertThat(homelab.run("snapshot", "drill", "--every", "daily").exit()).isEqualTo(Exit.DONE);
        assertThat(lab.on(Lab.SERVER, "systemctl show -p TimersCalendar homelab-drill.timer"))
                .contains("*-*-* 00:00:00");

        assertThat(homelab.run("snapshot", "drill", "--every", "never").exit()).isEqualTo(Exit.DONE);

        assertThat(lab.on(Lab.SERVER, "systemctl list-timers --all; ls /etc/systemd/system /usr/local/lib/homelab"))
                .doesNotContain("homelab-drill", "snapshot-drill");
    }

    private static void refuses(Path pulled) throws IOException {
        lab.on(
                Lab.SERVER,
                "head -c 500000 " + FOLDER.replace("snapshots/", "etcd/member/snap/db") + " >" + FOLDER + "cut-1");
        assertThat(homelab.run("snapshot", "check", "cut-1").exit()).isEqualTo(Exit.FAILED);
        Run cut = homelab.run("snapshot", "restore", "cut-1", "--cluster", lab.name());
        lab.on(Lab.SERVER, "rm " + FOLDER + "cut-1");
        assertThat(cut.exit()).isEqualTo(Exit.REFUSED);
        assertThat(cut.err()).contains("cut-1 is not whole");

        Path changed = pulled.resolveSibling("changed-1.age");
        byte[] bytes = Files.readAllBytes(pulled);
        bytes[bytes.length / 2] ^= 1;
        Files.write(changed, bytes);
        assertThat(homelab.run("snapshot", "push", changed.toString()).err())
                .contains("it was sealed for another key, or changed since");
        assertThat(lab.on(Lab.SERVER, "ls -A " + FOLDER)).doesNotContain("changed-1");
    }

    private static String nameOf(String beginning) {
        return homelab.run("snapshot", "list")
                .out()
                .lines()
                .map(line -> line.split("\t")[0])
                .filter(name -> name.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    private static String kubectl(String words) {
        return lab.on(Lab.SERVER, "k3s kubectl " + words);
    }
}
