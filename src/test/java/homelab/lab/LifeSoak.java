package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All that a household does to its cluster, one after another, while three clients write to the API and a pod writes to a
 * volume: no write that was acknowledged is lost, and with three servers none waits longer than 15 s. Run by hand, whole, since each goes on with the
 * cluster of the one before: {@code -Dlife=two} or {@code -Dlife=three}.
 */
@ExtendWith(InLab.class)
@Timeout(600)
class LifeSoak {
    private static final boolean THREE = "three".equals(System.getProperty("life"));
    private static final SoakTable TABLE = SoakTable.of(THREE ? "life-three" : "life-two");
    private static final String NEXT = "v1.34.3+k3s1";
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** A server in both, so that the agents are free to become servers. */
    private static final String WRITTEN_ON = THREE ? "friday" : "jarvis";

    enum Row {
        SAVE("snapshot", "save"),
        DRILL("snapshot", "drill"),
        BACKUP("backup", "run", "--yes"),
        JOIN("join-node", "groot", "--yes"),
        PROMOTE("promote", "ultron", "groot", "--yes"),
        DEMOTE("demote", "ultron", "groot", "--yes"),
        REMOVE("remove-node", "groot", "--yes"),
        REBOOT_AGENT("reboot", "ultron", "--yes"),
        REBOOT_ALL("reboot", "--all", "--yes"),
        SHUTDOWN("shutdown", "--all", "--yes"),
        CONFIG("bootstrap", "--yes"),
        TOKEN("token", "rotate", "--yes"),
        CERTS("certs", "renew", "--force", "--yes"),
        KEY("secrets-encryption", "rotate", "--yes"),
        UPGRADE("upgrade", "--to", NEXT, "--yes");

        final String[] words;

        Row(String... words) {
            this.words = words;
        }

        /** Whether groot is a node, or becomes or was one meanwhile. */
        boolean withGroot() {
            return ordinal() >= JOIN.ordinal() && ordinal() <= REMOVE.ordinal();
        }

        /** Whether the others have to be told of what changed before the plan is empty. */
        boolean changesMembers() {
            return ordinal() >= PROMOTE.ordinal() && ordinal() <= REMOVE.ordinal();
        }
    }

    private static Lab lab;
    private static Homelab homelab;

    /** The user of a row: the inventory is written anew for each run, so it has to be told what the rows before have changed. */
    private static Homelab before(Row row) {
        Homelab user = row.withGroot() ? homelab : homelab.where("  groot: {", "  # groot: {");
        if (row == Row.DEMOTE) {
            user = asServer(asServer(user, "ultron"), "groot");
        }
        if (row.ordinal() >= Row.CONFIG.ordinal()) {
            user = user.where(
                    "  secrets-encryption: true", "  secrets-encryption: true\n  kubelet-args: [max-pods=109]");
        }
        return user;
    }

    private static Homelab asServer(Homelab user, String node) {
        return user.where(lab.address(node) + ", role: agent", lab.address(node) + ", role: server");
    }

    private static Homelab after(Row row) {
        return switch (row) {
            case PROMOTE -> before(Row.DEMOTE);
            case DEMOTE -> before(Row.JOIN);
            case REMOVE -> before(Row.SAVE);
            case UPGRADE -> before(Row.UPGRADE).where("v1.33.4+k3s1", NEXT);
            default -> before(row);
        };
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

    private static void begun(Labs labs) throws IOException {
        if (lab != null) {
            return;
        }
        lab = labs.own(
                "life", "jarvis:server," + (THREE ? "friday:server,vision:server," : "") + "ultron:agent,groot:agent");
        Homelab plain = InLab.user(lab, "LifeSoak");
        Path password = Files.writeString(plain.folder().resolve("backup-password"), "correct horse\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        homelab = plain.where(
                "nodes:\n",
                "backup: {to: \"ultron:/srv/backup\", password: {file: " + password
                        + "}, volumes: [written]}\nnodes:\n");
        lab.serveNext();
        assertThat(before(Row.SAVE).run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
        lab.on("jarvis", "k3s kubectl create deployment web --image=busybox:1 --replicas=2 -- sleep 9999");
        VolumeWriter.deploy(lab, "jarvis", WRITTEN_ON);
    }

    @ParameterizedTest
    @EnumSource
    void noAcknowledgedWriteIsLost(Row row, Labs labs) throws Exception {
        begun(labs);
        Homelab user = before(row);
        Writers writers =
                Writers.begin(user, servers().stream().map(lab::address).toList(), "writers-" + row.ordinal());
        VolumeWriter volume = VolumeWriter.heardBy(writers.servers(), lab, WRITTEN_ON);
        long began = System.nanoTime();

        Run run = row == Row.SHUTDOWN ? offAndOn(user, row) : user.run(row.words);
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        Writers.Seen onVolume = volume.end();
        Writers.Seen seen = writers.end();
        TABLE.keep("| " + String.join(" ", row.words).replace(" --yes", "") + " | "
                + run.exit().code() + " | " + seconds + " s | " + seen.cells() + " | " + onVolume.cells() + " |\n");
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(seen.lost() + onVolume.lost()).isZero();
        assertThat(seen.acknowledged()).isPositive();
        assertThat(onVolume.acknowledged()).isPositive();
        if (THREE && row != Row.SHUTDOWN) {
            assertThat(seen.gap()).isLessThan(LONGEST);
        }
        nothingIsLeftToDo(row);
    }

    /** The power that a person gives back comes to all at once, as after the end of a power cut. */
    private static Run offAndOn(Homelab user, Row row) {
        Run off = user.run(row.words);
        assertThat(off.exit()).as(off.err()).isEqualTo(Exit.DONE);
        List<String> nodes = THREE ? List.of("jarvis", "friday", "vision", "ultron") : List.of("jarvis", "ultron");
        assertThat(nodes).as("a host of the lab writes down that it is off").allMatch(LifeSoak::isOff);
        nodes.forEach(lab::start);
        return user.run("recover", "--yes");
    }

    private static boolean isOff(String node) {
        return lab.tried(node, "test -e /var/lib/lab/off").exit() == 0;
    }

    private static void nothingIsLeftToDo(Row row) {
        Homelab after = after(row);
        if (row.changesMembers()) {
            assertThat(after.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
        }
        Run plan = after.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
    }
}
