package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A snapshot is restored after the cluster got another token, other certificates, another key of its Secrets, or all of
 * them: its own token opens it, its Secrets read, agents join it again. With {@code -Drestore=three} on three servers and an
 * agent. Run by hand; what has passed is kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(600)
class RestoreOlderSoak {
    private static final boolean THREE = "three".equals(System.getProperty("restore"));
    private static final SoakTable TABLE = SoakTable.of(THREE ? "restore-older-three" : "restore-older");

    enum Row {
        TOKEN("token rotate"),
        CERTS("certs renew --force"),
        KEY("secrets-encryption rotate"),
        TWICE("token rotate", "token rotate"),
        ALL("token rotate", "certs renew --force", "secrets-encryption rotate");

        final String[] commands;

        Row(String... commands) {
            this.commands = commands;
        }

        String title() {
            return String.join(", ", commands);
        }
    }

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void aCluster(Labs labs) {
        lab = labs.own("older", "jarvis:server," + (THREE ? "friday:server,vision:server," : "") + "ultron:agent");
        homelab = InLab.user(lab, "RestoreOlderSoak");
        done("bootstrap --yes");
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    private static Run done(String command) {
        Run run = homelab.run(command.split(" "));
        assertThat(run.exit()).as(command + "\n" + run.out() + run.err()).isEqualTo(Exit.DONE);
        return run;
    }

    private static String kubectl(String words) {
        return lab.on("jarvis", "k3s kubectl " + words);
    }

    @ParameterizedTest
    @EnumSource
    void itIsTheClusterOfThatTimeWithAllOfItsNodes(Row row) {
        if (TABLE.has(row.title())) {
            return;
        }
        String name = "before-" + row.name().toLowerCase();
        kubectl("delete namespace newer --ignore-not-found");
        kubectl("delete secret word --ignore-not-found");
        kubectl("create secret generic word --from-literal=word=" + name);
        done("snapshot save " + name + " --node jarvis");
        for (String command : row.commands) {
            done(command + " --yes");
        }
        kubectl("create namespace newer");
        long began = System.nanoTime();

        done("snapshot restore " + name + " --cluster " + lab.name());

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        assertThat(kubectl("get namespaces -o name")).doesNotContain("newer");
        assertThat(kubectl("get secret word -o 'jsonpath={.data.word}' | base64 -d"))
                .isEqualTo(name);
        assertThat(kubectl("get nodes --no-headers"))
                .hasLineCount(THREE ? 4 : 2)
                .doesNotContain("NotReady");
        lab.on("ultron", "systemctl restart k3s-agent && systemctl is-active k3s-agent");
        done("bootstrap --yes");
        Run plan = homelab.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
        assertThat(done("snapshot drill").out()).startsWith("passed: ");
        TABLE.keep("| " + row.title() + " | " + seconds + " s |\n");
    }
}
