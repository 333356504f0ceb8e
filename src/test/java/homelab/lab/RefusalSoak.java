package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What is refused of all that a household does to its cluster, with the words that are printed; after each the cluster is as
 * it was. Run by hand, on two Pis ({@code -Drefusals=two}) or on three servers and an agent ({@code -Drefusals=three}).
 */
@ExtendWith(InLab.class)
@Timeout(600)
class RefusalSoak {
    private static final boolean THREE = "three".equals(System.getProperty("refusals"));
    private static final SoakTable TABLE = SoakTable.of(THREE ? "refusals-three" : "refusals-two");
    private static final String NEXT = "v1.34.3+k3s1";
    private static final String SNAPSHOTS = "/var/lib/rancher/k3s/server/db/snapshots";

    /** @param run does what leads to it, types the command, and takes the cause away again */
    private record Refusal(String title, String typed, Exit exit, String said, Supplier<Run> run) {}

    private static Lab lab;
    private static Homelab homelab;

    @AfterAll
    static void down() {
        if (lab != null) {
            lab.close();
        }
    }

    private static Refusal of(String title, Exit exit, String said, String typed) {
        return of(title, exit, said, typed, "", "");
    }

    /** @param before on the first server */
    private static Refusal of(String title, Exit exit, String said, String typed, String before, String after) {
        return new Refusal(title, typed, exit, said, () -> {
            lab.on("jarvis", before + "\n:");
            try {
                return homelab.run(typed.split(" "));
            } finally {
                lab.on("jarvis", after + "\n:");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsRefusedSaysWhyAndChangesNothing(Labs labs) {
        lab = labs.own("refusals", "jarvis:server," + (THREE ? "friday:server,vision:server," : "") + "ultron:agent");
        homelab = InLab.user(lab, "RefusalSoak");
        lab.serveNext();
        assertThat(homelab.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
        List<Refusal> rows = THREE ? three() : two();
        return rows.stream().map(row -> DynamicTest.dynamicTest(row.title, () -> refused(row)));
    }

    private static void refused(Refusal row) {
        Run run = row.run.get();

        String words = run.err()
                .lines()
                .dropWhile(line -> !line.startsWith("✗") && !line.startsWith("x "))
                .filter(line -> !line.startsWith("journal:"))
                .collect(Collectors.joining("<br>"))
                .replace("|", "\\|")
                .replace(lab.name(), "home");
        TABLE.keep("| " + row.title + " | `" + row.typed + "` | " + run.exit().code() + " | " + words + " |\n");
        assertThat(run.exit()).as(run.err()).isEqualTo(row.exit);
        Told.noTrace(run.err());
        assertThat(run.err().replaceAll("\\s+", " ")).contains(row.said);
        Launched.eventually(
                "as it was",
                Duration.ofMinutes(2),
                () -> homelab.run("plan", "--exit-code").exit() == Exit.DONE);
        assertThat(lab.on("jarvis", "k3s kubectl get nodes --no-headers")).doesNotContain("SchedulingDisabled");
    }

    private static List<Refusal> two() {
        String music = "k3s kubectl apply -f - <<'Y'\n" + RemoveStory.WORKLOAD + "Y\n"
                + "k3s kubectl rollout status deployment/leaver --timeout=60s; sleep 5";
        String gone =
                "k3s kubectl delete deployment/leaver pdb/leaver pod/toolbox pvc/music pv/pv-music --ignore-not-found";
        return List.of(
                of("the last server", Exit.REFUSED, "is the only server", "remove-node jarvis --yes"),
                new Refusal(
                        "a node is not Ready",
                        "upgrade --to " + NEXT + " --yes",
                        Exit.REFUSED,
                        "ultron",
                        () -> away("upgrade", "--to", NEXT, "--yes")),
                new Refusal(
                        "the other node is not Ready",
                        "reboot jarvis --yes",
                        Exit.REFUSED,
                        "ultron",
                        () -> away("reboot", "jarvis", "--yes")),
                of(
                        "the node holds the only copy",
                        Exit.REFUSED,
                        "default/music: its data lies on ultron alone",
                        "remove-node ultron --yes",
                        music,
                        ""),
                of(
                        "a budget of pods that lets none go",
                        Exit.REFUSED,
                        "PodDisruptionBudget default/leaver wants 1 of 1 to work",
                        "remove-node ultron --yes --lose-data default/music --force default/toolbox --timeout 20s",
                        "",
                        gone),
                of(
                        "a snapshot that was cut off",
                        Exit.REFUSED,
                        "cut-1 is not whole",
                        "snapshot restore cut-1 --cluster " + lab.name(),
                        "mkdir -p " + SNAPSHOTS + "; head -c 500000 "
                                + SNAPSHOTS.replace("snapshots", "etcd/member/snap/db") + " >" + SNAPSHOTS + "/cut-1",
                        "rm " + SNAPSHOTS + "/cut-1"),
                of(
                        "no room for a snapshot",
                        Exit.FAILED,
                        "MiB are needed",
                        "snapshot save full",
                        "mount -t tmpfs -o size=20m tmpfs " + SNAPSHOTS,
                        "umount " + SNAPSHOTS),
                new Refusal("two verbs at once", "token rotate --yes", Exit.LOCKED, "reboot", RefusalSoak::twoAtOnce),
                new Refusal(
                        "a node under another name",
                        "bootstrap --yes",
                        Exit.REFUSED,
                        "ultron",
                        () -> homelab.where("  ultron: {", "  hulk: {").run("bootstrap", "--yes")),
                new Refusal(
                        "a snapshot whose token was changed since, with another beside it",
                        "snapshot restore older --cluster " + lab.name(),
                        Exit.REFUSED,
                        "the token of its time is not beside it",
                        RefusalSoak::olderToken),
                new Refusal(
                        "a snapshot of another cluster",
                        "snapshot restore foreign --cluster " + lab.name(),
                        Exit.REFUSED,
                        "is of another cluster",
                        RefusalSoak::foreign));
    }

    private static Run away(String... words) {
        lab.on("ultron", "systemctl stop k3s-agent");
        Launched.eventually(
                "NotReady",
                Duration.ofMinutes(2),
                () -> lab.on("jarvis", "k3s kubectl get node ultron --no-headers")
                        .contains("NotReady"));
        Run run = homelab.run(words);
        lab.on("ultron", "systemctl start k3s-agent");
        Launched.eventually(
                "Ready",
                Duration.ofMinutes(2),
                () -> !lab.on("jarvis", "k3s kubectl get node ultron --no-headers")
                        .contains("NotReady"));
        return run;
    }

    private static Run twoAtOnce() {
        Launched first = Launched.homelab(homelab, "reboot", "ultron", "--yes");
        lab.on(
                "jarvis",
                "while ! k3s kubectl get node ultron -o jsonpath={.spec.unschedulable} | grep -q true; do sleep 0.2; done");
        Run second = homelab.run("token", "rotate", "--yes");
        assertThat(first.end().exit()).isZero();
        return second;
    }

    private static Run olderToken() {
        assertThat(homelab.run("snapshot", "save", "older").exit()).isEqualTo(Exit.DONE);
        assertThat(homelab.run("token", "rotate", "--yes").exit()).isEqualTo(Exit.DONE);
        lab.on(
                "jarvis",
                "for then in /var/lib/homelab/snapshots/older-*/token; do echo K10::server:other >$then; done");
        return homelab.run("snapshot", "restore", "older", "--cluster", lab.name());
    }

    private static Run foreign() {
        assertThat(homelab.run("snapshot", "save", "foreign").exit()).isEqualTo(Exit.DONE);
        Path pulled = Path.of(homelab.run("snapshot", "pull", "foreign").out().strip());
        assertThat(homelab.run("reset", "--all", "--cluster", lab.name()).exit())
                .isEqualTo(Exit.DONE);
        assertThat(homelab.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
        assertThat(homelab.run("snapshot", "push", pulled.toString()).exit()).isEqualTo(Exit.DONE);
        return homelab.run("snapshot", "restore", "foreign", "--cluster", lab.name());
    }

    private static List<Refusal> three() {
        return List.of(
                of("an even number would be left", Exit.REFUSED, "an even number", "remove-node vision --yes"),
                of(
                        "two servers at once",
                        Exit.REFUSED,
                        "etcd cannot do without it now",
                        "reset friday vision --cluster " + lab.name()),
                one("the second of three, one down", "remove-node vision --yes --even-servers", "vision"),
                one("the second of three, one down: its reset", "reset vision --cluster " + lab.name(), "vision"),
                one("the second of three, one down: its reboot", "reboot vision --yes", "friday"),
                one("a server is down: upgrade", "upgrade --to " + NEXT + " --yes", "friday"),
                one("a server is down: its token", "token rotate --yes", "friday"),
                one("a server is down: certificates", "certs renew --force --yes", "a restart of k3s would stop etcd"),
                new Refusal(
                        "a server does not answer, and may go on with the data of now",
                        "snapshot restore home --cluster " + lab.name(),
                        Exit.REFUSED,
                        "friday",
                        () -> {
                            assertThat(homelab.run("snapshot", "save", "home").exit())
                                    .isEqualTo(Exit.DONE);
                            return oneDown("snapshot", "restore", "home", "--cluster", lab.name());
                        }));
    }

    private static Refusal one(String title, String typed, String said) {
        return new Refusal(title, typed, Exit.REFUSED, said, () -> oneDown(typed.split(" ")));
    }

    private static Run oneDown(String... words) {
        lab.kill("friday");
        Run run = homelab.run(words);
        lab.start("friday");
        Launched.eventually(
                "friday is Ready again",
                Duration.ofMinutes(2),
                () -> !lab.on("jarvis", "k3s kubectl get nodes --no-headers").contains("NotReady"));
        return run;
    }
}
