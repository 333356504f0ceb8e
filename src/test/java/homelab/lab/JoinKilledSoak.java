package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * kill -9 and Ctrl-C of homelab while the second or third server joins, and while images are brought to three: the next
 * {@code bootstrap --yes} ends with three servers of the one cluster, and nothing left to do. Run by hand; what has
 * passed is kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(400)
class JoinKilledSoak {
    private static final SoakTable TABLE = SoakTable.of("join-killed");
    private static final String FIRST = "jarvis";
    private static final String SECOND = "vision";
    private static final String THIRD = "friday";
    private static final List<String> SERVERS = List.of(SECOND, FIRST, THIRD);
    private static final String IMAGES = "/var/lib/rancher/k3s/agent/images";
    private static final String CONFIG = "/etc/rancher/k3s/config.yaml";
    private static final String STATE = "[ \"$(systemctl is-active k3s)\" = ";

    /** The members of etcd as the first server tells them, one a line, a learner with a mark. */
    private static final String MEMBERS = """
            cd /var/lib/rancher/k3s/server/tls/etcd
            curl -s -m 5 --cacert server-ca.crt --cert client.crt --key client.key -d '{}' \\
              https://127.0.0.1:2379/v3/cluster/member/list | grep -o '{"ID"[^}]*}' |
              sed 's/.*"name":"\\([a-z]*\\)-[^}]*"isLearner.*/\\1 (no vote)/; s/.*"name":"\\([a-z]*\\)-.*/\\1/; s/{.*/nameless/' | sort
            """;

    /** Seen on the host by a script that says yes. */
    enum Moment {
        PROGRAM_UPLOADED("find /usr/local/bin -name 'k3s.part*' -size +1M | grep -q ."),
        SETTINGS_WRITTEN("[ -s " + CONFIG + " ]"),
        K3S_STARTED(STATE + "activating ]"),
        IN_THE_LIST(STATE + "activating ] && [ -d /var/lib/rancher/k3s/server/db/etcd/member ]"),
        K3S_RUNS(STATE + "active ]"),
        ARCHIVE_UPLOADED("find " + IMAGES + " -name 'homelab-*.part*' -size +1M | grep -q ."),
        IMPORTED("pgrep -f '^([^ ]*/)?(k3s )?ctr.*images import.*homelab-' >/dev/null");

        final String seen;

        Moment(String seen) {
            this.seen = seen;
        }
    }

    enum Row {
        R1(SECOND, Moment.PROGRAM_UPLOADED, "KILL"),
        R2(SECOND, Moment.SETTINGS_WRITTEN, "KILL"),
        R3(SECOND, Moment.K3S_STARTED, "KILL"),
        R4(SECOND, Moment.IN_THE_LIST, "KILL"),
        R5(SECOND, Moment.K3S_RUNS, "KILL"),
        R6(SECOND, Moment.K3S_STARTED, "INT"),
        R7(SECOND, Moment.IN_THE_LIST, "INT"),
        R8(THIRD, Moment.SETTINGS_WRITTEN, "KILL"),
        R9(THIRD, Moment.K3S_STARTED, "KILL"),
        R10(THIRD, Moment.IN_THE_LIST, "KILL"),
        R11(THIRD, Moment.IN_THE_LIST, "INT"),
        R12(THIRD, Moment.ARCHIVE_UPLOADED, "KILL"),
        R13(THIRD, Moment.IMPORTED, "KILL"),
        R14(THIRD, Moment.IMPORTED, "INT");

        final String server;
        final Moment moment;
        final String signal;

        Row(String server, Moment moment, String signal) {
            this.server = server;
            this.moment = moment;
            this.signal = signal;
        }

        boolean ofImages() {
            return moment.compareTo(Moment.ARCHIVE_UPLOADED) >= 0;
        }

        String title() {
            String who = ofImages() ? "images" : server.equals(SECOND) ? "second server" : "third server";
            String how = signal.equals("KILL") ? "kill -9" : "Ctrl-C";
            return who + " | " + moment.name().toLowerCase().replace('_', ' ') + " | " + how;
        }
    }

    private static Lab lab;
    private static Homelab homelab;
    private static Homelab withImages;
    private static String cluster;

    @BeforeAll
    static void oneOfThreeServers(Labs labs) {
        lab = labs.own("joins", "vision:server,jarvis:server,friday:server");
        homelab = InLab.user(lab, "JoinKilledSoak");
        Homelab alone = homelab.where("  vision: {", "  # vision: {").where("  friday: {", "  # friday: {");
        done(alone.run("bootstrap", "--yes"));
        cluster = identity(FIRST);
        String mirror = lab.mirror().lines().findFirst().orElseThrow();
        StoryChart.in(homelab.folder(), "whoami").pack("1.0.0");
        withImages = homelab.releasing(
                mirror + "/helm",
                "whoami: {chart: whoami-1.0.0.tgz, version: 1.0.0, namespace: web, images: [" + archive() + "]}");
    }

    /** One that takes seconds to import: what k3s brings along. */
    private static Path archive() {
        return Said.by(Duration.ofSeconds(5), "bash", "-c", "ls " + lab.state() + "/mirror/v*/k3s-airgap-images-*.tar")
                .ok()
                .lines()
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    private static void done(Run run) {
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
    }

    /** What a second cluster would have otherwise. */
    private static String identity(String server) {
        return lab.on(
                server,
                "sha256sum </var/lib/rancher/k3s/server/tls/server-ca.crt;"
                        + " k3s kubectl get namespace kube-system -o jsonpath='{.metadata.uid}'");
    }

    private static String members() {
        return lab.on(FIRST, MEMBERS).replace("\n", ", ");
    }

    @ParameterizedTest
    @EnumSource
    void endsWithThreeServersOfOneCluster(Row row) throws IOException {
        if (TABLE.has(row.title())) {
            return;
        }
        prepare(row);
        Homelab user = row.ofImages() ? withImages : homelab;
        Launched run = Launched.homelab(user, "bootstrap", "--yes");
        Said seen = lab.tried(
                row.server, "while [ $SECONDS -lt 100 ]; do { " + row.moment.seen + "; } && exit 0; done; exit 1");
        run.signal(row.signal);
        String members = members();
        Said killed = run.end();
        assertThat(seen.exit()).as("the moment was seen:\n" + killed.err()).isZero();
        long began = System.nanoTime();

        done(user.run("bootstrap", "--yes"));

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        Run plan = user.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
        assertThat(members()).isEqualTo("friday, jarvis, vision");
        SERVERS.forEach(server -> assertThat(identity(server)).isEqualTo(cluster));
        assertThat(lab.on(FIRST, "k3s kubectl get nodes -o name")).hasLineCount(3);
        TABLE.keep("| " + row.title() + " | " + members + " | " + killed.exit() + " | " + seconds + " s |\n");
    }

    /** One server where the second is to join, two where the third is, three where images are. */
    private static void prepare(Row row) {
        if (row.ofImages()) {
            done(homelab.run("bootstrap", "--yes"));
            SERVERS.forEach(server -> lab.on(server, "rm -rf /var/lib/homelab/images " + IMAGES + "/homelab-*"));
            return;
        }
        takeOut(THIRD);
        if (row.server.equals(SECOND)) {
            takeOut(SECOND);
        } else {
            done(homelab.run("join-node", SECOND, "--yes"));
        }
        if (row.moment == Moment.PROGRAM_UPLOADED) {
            lab.on(row.server, "rm -f /usr/local/bin/k3s");
        }
    }

    /** As a host that was never in the cluster, but for the program and the images that it has. */
    private static void takeOut(String server) {
        String delete = "k3s kubectl delete node " + server + " --ignore-not-found --wait=true";
        lab.on(FIRST, delete);
        Launched.eventually("its member is gone", () -> !members().contains(server));
        lab.on(
                server,
                "systemctl disable --now k3s 2>/dev/null; rm -rf /etc/rancher /var/lib/rancher/k3s/server"
                        + " /etc/systemd/system/k3s.service*; systemctl daemon-reload");
        lab.on(FIRST, delete);
    }
}
