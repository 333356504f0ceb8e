package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Both hosts are lost with all that was on them; what a snapshot remembers that was pulled before comes back on bare ones. */
@ExtendWith(InLab.class)
@Timeout(300)
class LossStory {

    @Test
    void whatWasPulledBeforeMakesTheClusterAgain(Lab lab, Homelab homelab) {
        lab.cluster(homelab);
        // A node of an earlier story, which has no host afterwards: what runs there would be missed for five minutes.
        lab.on(Lab.SERVER, "k3s kubectl delete node vision --ignore-not-found");
        lab.on(Lab.SERVER, "k3s kubectl create namespace precious");
        String ca = ca(lab);
        assertThat(homelab.run("snapshot", "save", "loss").exit()).isEqualTo(Exit.DONE);
        String pulled = homelab.run("snapshot", "pull", "loss").out().strip();
        Run early = homelab.run("bootstrap", "--yes", "--restore", pulled);
        assertThat(early.exit()).isEqualTo(Exit.REFUSED);
        assertThat(early.err()).contains("there is a cluster on these hosts");
        lab.bare();
        lab.used();

        Run regained = homelab.run("bootstrap", "--yes", "--restore", pulled);

        assertThat(regained.exit()).as(regained.err()).isEqualTo(Exit.DONE);
        assertThat(lab.on(Lab.SERVER, "k3s kubectl get namespaces -o name")).contains("precious");
        assertThat(lab.on(Lab.SERVER, "k3s kubectl get nodes --no-headers " + Lab.SERVER + " " + Lab.AGENT))
                .hasLineCount(2)
                .doesNotContain("NotReady");
        assertThat(ca(lab)).isEqualTo(ca);
        assertThat(homelab.run("plan").out()).startsWith("nothing to do");
    }

    private static String ca(Lab lab) {
        return lab.on(Lab.SERVER, "sha256sum </var/lib/rancher/k3s/server/tls/server-ca.crt");
    }
}
