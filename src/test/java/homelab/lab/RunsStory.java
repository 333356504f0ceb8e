package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs that meet another one, are interrupted, or are killed in the middle of an upload. */
@ExtendWith(InLab.class)
@Timeout(300)
class RunsStory {
    private static final String IMAGES = "/var/lib/rancher/k3s/agent/images";
    /** Other stories leave archives of their own there. */
    private static final String ARCHIVE = "*k3s-airgap-images*";

    private static final String LIST = "find " + IMAGES + " -name '" + ARCHIVE + "' -printf '%f %s\\n'";
    private static final String REMOVE = "rm " + IMAGES + "/" + ARCHIVE;

    private static Lab lab;
    private static Homelab homelab;
    private static String whole;

    @BeforeAll
    static void aCluster(Lab shared, Homelab user) {
        lab = shared;
        homelab = user;
        lab.cluster(user);
        whole = images();
    }

    /** Name and size of each file, and of what is left of one. */
    private static String images() {
        return lab.on(Lab.AGENT, LIST);
    }

    @AfterEach
    void theNextRunMendsItAll() {
        Run run = homelab.run("bootstrap", "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(images()).isEqualTo(whole);
        assertThat(homelab.run("plan", "--exit-code").exit()).isEqualTo(Exit.DONE);
    }

    @Test
    void refusesASecondRunAndEndsTheFirstWithWhatItHadBegun() {
        lab.on(Lab.AGENT, "systemctl stop k3s-agent; " + REMOVE);
        Launched first = Launched.homelab(homelab, "bootstrap", "--yes");
        first.until("a part is there", () -> images().contains(".part"));

        Run second = homelab.run("bootstrap", "--yes");
        Said interrupted = first.signal("INT").end();

        Told.problem(
                second,
                Exit.LOCKED,
                "another run works on this cluster",
                "homelab bootstrap of .*, process " + first.pid() + ", since ",
                "wait for it to end");
        assertThat(interrupted.exit()).as(interrupted.err()).isEqualTo(130);
        Told.problem(interrupted.err(), "interrupted", "stays done", "run the same command again");
        assertThat(images()).isEqualTo(whole);
        assertThat(lab.tried(Lab.AGENT, "systemctl is-active k3s-agent").out()).isEqualTo("inactive\n");
    }

    @Test
    void leavesNothingOfAnUploadWhoseSenderWasKilled() {
        lab.on(Lab.AGENT, REMOVE);
        Launched run = Launched.homelab(homelab, "bootstrap", "--yes");
        run.until("a part is there", () -> images().matches(".*[.]part[^ ]* \\d{7,}"));

        run.signal("KILL").end();

        Launched.eventually("the part is gone", () -> images().isEmpty());
    }

    @Test
    void neverPutsHalfAFileInPlaceWhenARunWasKilledBeforeTheRename() {
        holdOneBeforeItsRename();
        lab.on(Lab.AGENT, REMOVE);
        Launched killed = Launched.homelab(homelab, "bootstrap", "--yes");
        killed.until(
                "it is held", () -> lab.tried(Lab.AGENT, "test -e /run/held").exit() == 0);
        killed.signal("KILL").end();
        assertThat(images()).doesNotContain(whole);

        Launched next = Launched.homelab(homelab, "bootstrap", "--yes");
        String receiver = lab.on(Lab.AGENT, STOP_THE_NEXT).strip();
        lab.on(Lab.AGENT, "touch /run/go; sleep 1");

        assertThat(images()).doesNotContain(".tar ").contains(".part");
        lab.on(Lab.AGENT, "kill -CONT " + receiver);
        assertThat(next.end().exit()).isEqualTo(0);
        lab.on(Lab.AGENT, "rm -f /usr/local/sbin/sync /run/held /run/go");
    }

    /** Half of a file may be there for less than a second, so who writes it is stopped; says which process that is. */
    private static final String STOP_THE_NEXT = """
            until part=$(find IMAGES -name '*.part*' -newer /run/held -size +2M | grep .); do :; done
            pids=$(find /proc/[0-9]*/fd -lname "$part" 2>/dev/null | cut -d/ -f3 | sort -u)
            kill -STOP $pids
            echo $pids
            """.replace("IMAGES", IMAGES);

    /** The first upload stops between its proof and its rename until /run/go is there; later ones pass. */
    private static void holdOneBeforeItsRename() {
        String sync = "#!/bin/sh\\nif rm /run/hold 2>/dev/null; then touch /run/held;"
                + " until [ -e /run/go ]; do sleep 0.1; done; fi\\nexec /usr/bin/sync \"$@\"\\n";
        lab.on(
                Lab.AGENT,
                "printf '" + sync + "' >/usr/local/sbin/sync; chmod 755 /usr/local/sbin/sync; touch /run/hold");
    }
}
