package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import homelab.report.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Take-overs that are refused: the reason is told, and neither a file nor a process of k3s is another afterwards. Run by
 * hand; what has passed is kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(240)
class AdoptRefusedSoak {
    private static final SoakTable TABLE = SoakTable.of("adoption-refused");
    private static final String STATE = """
            for f in /etc/rancher/k3s /etc/systemd/system /var/lib/homelab; do [ ! -d $f ] || find $f -type f -exec sha256sum {} +; done | sort -k 2
            systemctl show -p MainPID -p ExecMainStartTimestamp k3s k3s-agent
            k3s ctr -n k8s.io tasks ls | sort
            """;

    /** Where its Node does not tell what k3s was started with, its files count. */
    private static final String UNTOLD =
            "k3s kubectl annotate node jarvis k3s.io/node-args- k3s.io/node-env- >/dev/null; echo '";

    private static final String CONFIG = "' >/etc/rancher/k3s/config.yaml";

    /** What is otherwise, in the inventory or on the server, and what is then told. */
    enum Row {
        PODS("another network of pods", "  pods: 10.42.0.0/16", "  pods: 10.142.0.0/16", "", "cluster-cidr"),
        SERVICES(
                "another network of services",
                "  services: 10.43.0.0/16",
                "  services: 10.143.0.0/16",
                "",
                "service-cidr"),
        ENCRYPTION(
                "secrets in the clear",
                "secrets-encryption: true",
                "secrets-encryption: false",
                "",
                "secrets-encryption"),
        TOKEN(
                "a token that is not the cluster's",
                "k3s:\n",
                "k3s:\n  token: {file: TOKEN}\n",
                "",
                "the token of the inventory is not the cluster's"),
        DROP_IN(
                "a file of config.yaml.d that says otherwise",
                "",
                "",
                "mkdir -p /etc/rancher/k3s/config.yaml.d; printf 'kubelet-arg: [max-pods=70]\\nrootless: false\\n' >/etc/rancher/k3s/config.yaml.d/50-mine.yaml",
                "50-mine.yaml says kubelet-arg otherwise"),
        UNASKED("no --adopt", "", "", "", "runs a k3s that homelab did not install"),
        SECRET(
                "a secret in config.yaml",
                "",
                "",
                UNTOLD + "agent-token: only-here" + CONFIG,
                "a secret that no inventory may hold"),
        ELSEWHERE(
                "data in another place", "", "", UNTOLD + "data-dir: /mnt/k3s" + CONFIG, "has its data-dir elsewhere");

        final String title;
        final String has;
        final String says;
        final String onServer;
        final String told;

        Row(String title, String has, String says, String onServer, String told) {
            this.title = title;
            this.has = has;
            this.says = says;
            this.onServer = onServer;
            this.told = told;
        }
    }

    private static Lab lab;
    private static Homelab user;
    private static Path inventory;
    private static String written;

    @BeforeAll
    static void aClusterOfTheInstallScript(Labs labs) throws IOException {
        lab = labs.own("refused", "jarvis:server,ultron:agent", "--made-by", "install-script");
        user = InLab.user(lab, "AdoptRefusedSoak");
        inventory = user.folder().resolve("mine.yaml");
        lab.on(
                Lab.SERVER,
                "printf 'mirrors: {docker.io: {endpoint: [\"https://a.home.arpa\"]}}\\n' >/etc/rancher/k3s/registries.yaml");
        String key = lab.state().resolve("id_ed25519").toString();
        String known = lab.state().resolve("known_hosts").toString();
        Run init = run("init", "--from", lab.address(Lab.SERVER), "--key", key, "--known-hosts", known);
        assertThat(init.exit()).as(init.err()).isEqualTo(Exit.DONE);
        written = Files.readString(inventory).replace("k3s:\n", "k3s:\n  releases: " + lab.mirror() + "\n");
    }

    @AfterAll
    static void down() {
        lab.close();
    }

    @ParameterizedTest
    @EnumSource
    void changesNothingAndSaysWhy(Row row) throws IOException {
        if (TABLE.has(row.title)) {
            return;
        }
        lab.on(
                Lab.SERVER,
                "rm -rf /tmp/kept; cp -a /etc/rancher/k3s /tmp/kept; " + (row.onServer.isEmpty() ? ":" : row.onServer));
        try {
            assertThat(written).contains(row.has);
            Path token = Files.writeString(user.folder().resolve("token"), "not-the-one");
            Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(
                    inventory,
                    written.replace(
                            row.has.isEmpty() ? "\u0000" : row.has, row.says.replace("TOKEN", token.toString())));
            String before = state();

            Run run = row == Row.UNASKED ? run("bootstrap", "--yes") : run("bootstrap", "--adopt", "--yes");

            assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(Exit.REFUSED);
            Told.problem(run.err(), "", "", "");
            assertThat(run.err()).contains(row.told);
            assertThat(state()).isEqualTo(before);
            String first = run.err()
                    .lines()
                    .filter(line -> line.contains(row.told))
                    .findFirst()
                    .orElseThrow();
            TABLE.keep("| " + row.title + " | " + first.strip().replaceFirst("^[✗x] ", "") + " |\n");
        } finally {
            lab.on(Lab.SERVER, "rm -rf /etc/rancher/k3s && cp -a /tmp/kept /etc/rancher/k3s");
        }
    }

    @Test
    void namesTheRegistriesOfOthersWhichStay() {
        assertThat(written)
                .contains("# not kept: /etc/rancher/k3s/registries.yaml (mirrors: docker.io)", "it stays on the hosts");
    }

    private static String state() {
        return lab.on(Lab.SERVER, STATE) + lab.on(Lab.AGENT, STATE);
    }

    private static Run run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-i", inventory.toString()));
        return Run.of(Terminal.PIPE, user.env(), all.toArray(String[]::new));
    }
}
