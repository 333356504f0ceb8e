package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster of two Pis whose server keeps its data in SQLite, as k3s's bare script makes it, and wants etcd. */
@ExtendWith(InLab.class)
@Timeout(240)
class DatastoreStory {
    private static Lab lab;
    private static Homelab user;

    @BeforeAll
    static void aClusterOnSqlite(Labs labs) throws IOException {
        lab = labs.own("sqlite", "jarvis:server,ultron:agent");
        String without = withoutKine();
        assumeTrue(without.isEmpty(), "lab k3s was built without kine: " + without);
        user = InLab.user(lab, "DatastoreStory").where("cluster-init: true", "cluster-init: false");
        Run run = user.run("bootstrap", "--yes");
        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(Exit.DONE);
    }

    /** Why, in the words that the build left beside lab k3s. */
    private static String withoutKine() throws IOException {
        try (Stream<Path> files = Files.walk(lab.state().resolve("mirror"))) {
            Path k3s = files.filter(file -> file.getFileName().toString().matches("k3s(-arm64)?"))
                    .findFirst()
                    .orElseThrow()
                    .toRealPath();
            Path told = k3s.resolveSibling("without-kine");
            return Files.exists(told) ? Files.readString(told).strip() : "";
        }
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    private static String onServer(String script) {
        return lab.on(Lab.SERVER, script).strip();
    }

    @Test
    void itsDataMoveToEtcdOnRequestAloneAndWhateverBreaksOff() throws Exception {
        assertThat(onServer("ls /var/lib/rancher/k3s/server/db"))
                .contains("state.db")
                .doesNotContain("etcd");
        Homelab unaware = Homelab.of(lab, user.folder());
        Told.problem(
                unaware.run("bootstrap", "--yes"),
                Exit.REFUSED,
                "jarvis keeps the cluster's data in SQLite, and the inventory means etcd",
                "k3s would move them at its next start without a copy",
                "homelab promote jarvis --to-etcd");
        String agent = lab.on(Lab.AGENT, Lab.AGENT_START);
        Writers writers = Writers.begin(user, List.of(lab.address(Lab.SERVER)), "datastore");

        Launched first = Launched.homelab(user, "promote", "jarvis", "--to-etcd", "--yes");
        first.until(
                "etcd has data",
                () -> onServer("ls /var/lib/rancher/k3s/server/db").contains("etcd"));
        lab.kill(Lab.SERVER);
        first.signal("KILL").end();
        lab.start(Lab.SERVER);
        Run again = user.run("promote", "jarvis", "--to-etcd", "--yes");

        assertThat(again.exit()).as(again.err()).isEqualTo(Exit.DONE);
        assertThat(writers.end().lost()).isZero();
        assertThat(lab.on(Lab.AGENT, Lab.AGENT_START))
                .as("what its kubelet was told of a greater revision is no more")
                .isNotEqualTo(agent);
        assertThat(onServer("ls /var/lib/rancher/k3s/server/db; ls /var/lib/homelab/sqlite"))
                .contains("etcd", "state.db.migrated", "sums");
        assertThat(onServer("ls /etc/systemd/system/k3s.service.d /var/lib/homelab"))
                .doesNotContain("to-etcd");
        assertThat(Files.readString(user.folder().resolve("inventory.yaml"))).contains("cluster-init: true");
        assertThat(unaware.run("plan").out()).startsWith("nothing to do");
        assertThat(unaware.run("snapshot", "save").exit()).isEqualTo(Exit.DONE);
    }
}
