package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All that a household does to its cluster, one after another, while three clients write to the API: no write that was
 * acknowledged is lost, and with three servers none waits longer than 15 s. Run by hand, whole, since each goes on with the
 * cluster of the one before: {@code -Dlife=two} or {@code -Dlife=three}.
 */
@ExtendWith(InLab.class)
@Timeout(600)
class LifeSoak {
    private static final boolean THREE = "three".equals(System.getProperty("life"));
    private static final SoakTable TABLE = SoakTable.of(THREE ? "life-three" : "life-two");
    private static final String NEXT = "v1.34.3+k3s1";
    private static final Duration LONGEST = Duration.ofSeconds(15);

    enum Row {
        SAVE("snapshot", "save"),
        JOIN("join-node", "groot", "--yes"),
        REMOVE("remove-node", "groot", "--yes"),
        REBOOT_AGENT("reboot", "ultron", "--yes"),
        REBOOT_ALL("reboot", "--all", "--yes"),
        CONFIG("bootstrap", "--yes"),
        TOKEN("token", "rotate", "--yes"),
        CERTS("certs", "renew", "--force", "--yes"),
        UPGRADE("upgrade", "--to", NEXT, "--yes");

        final String[] words;

        Row(String... words) {
            this.words = words;
        }
    }

    private static Lab lab;
    private static Homelab homelab;

    private static Homelab with(Row row) {
        boolean member = row == Row.JOIN || row == Row.REMOVE;
        Homelab user = member ? homelab : homelab.where("  groot: {", "  # groot: {");
        boolean changed = row.ordinal() >= Row.CONFIG.ordinal();
        return changed
                ? user.where("  secrets-encryption: true", "  secrets-encryption: true\n  kubelet-args: [max-pods=109]")
                : user;
    }

    @AfterAll
    static void down() {
        if (lab != null) {
            lab.close();
        }
    }

    private static List<String> servers() {
        return THREE ? List.of("jarvis", "friday", "vision") : List.of("jarvis");
    }

    private static void begun(Labs labs) {
        if (lab != null) {
            return;
        }
        lab = labs.own(
                "life", "jarvis:server," + (THREE ? "friday:server,vision:server," : "") + "ultron:agent,groot:agent");
        homelab = InLab.user(lab, "LifeSoak");
        lab.serveNext();
        assertThat(with(Row.SAVE).run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
        lab.on("jarvis", "k3s kubectl create deployment web --image=busybox:1 --replicas=2 -- sleep 9999");
    }

    @ParameterizedTest
    @EnumSource
    void noAcknowledgedWriteIsLost(Row row, Labs labs) throws Exception {
        begun(labs);
        Homelab user = with(row);
        Writers writers =
                Writers.begin(user, servers().stream().map(lab::address).toList(), "writers-" + row.ordinal());
        long began = System.nanoTime();

        Run run = user.run(row.words);

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        Writers.Seen seen = writers.end();
        TABLE.keep("| " + String.join(" ", row.words).replace(" --yes", "") + " | " + run.exit() + " | " + seconds
                + " s | " + seen.cells() + " |\n");
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(seen.lost()).isZero();
        assertThat(seen.acknowledged()).isPositive();
        if (THREE) {
            assertThat(seen.gap()).isLessThan(LONGEST);
        }
        Homelab after = row == Row.UPGRADE ? user.where("v1.33.4+k3s1", NEXT) : user;
        if (row == Row.REMOVE) { // the others still know its name
            after = with(Row.SAVE);
            after.run("bootstrap", "--yes");
        }
        Run plan = after.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
    }
}
