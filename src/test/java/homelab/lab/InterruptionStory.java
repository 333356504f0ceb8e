package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bootstrap that is killed, cut off and killed again: each next run goes on where the last one was, and the last one ends it. */
@ExtendWith(InLab.class)
@Timeout(300)
class InterruptionStory {
    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void bareHosts(Lab shared, Homelab user) {
        lab = shared.bare();
        lab.used();
        homelab = user;
    }

    @Test
    void goesOnAfterEachCutAndEndsWithAClusterThatHasNothingToDo() {
        killed("phase firewall");
        killed("phase artifacts");
        Interruption.CUT_OFF.hit(
                lab, Launched.homelab(homelab, "bootstrap", "--yes").until("phase founding"));

        Run last = Interruption.goingOn(homelab);

        assertThat(last.exit()).as(last.err()).isEqualTo(Exit.DONE);
        Run plan = homelab.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out()).isEqualTo(Exit.DONE);
        assertThat(lab.on(Lab.SERVER, "k3s kubectl get nodes --no-headers").lines())
                .hasSize(2)
                .allMatch(line -> line.matches("\\S+ +Ready .*"));
    }

    private static void killed(String moment) {
        Said killed = Interruption.KILLED.hit(
                lab, Launched.homelab(homelab, "bootstrap", "--yes").until(moment));
        assertThat(killed.exit()).as(killed.err()).isEqualTo(137);
    }
}
