package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A whole bootstrap with secrets that can be told wherever they turn up: the cluster's token, the password for sudo, those
 * of a registry and of a proxy, and what a release is given. Nowhere but in the files and objects that they are for are they ever seen. Run by hand.
 */
@ExtendWith(InLab.class)
@Timeout(1200)
class CanarySoak {
    /** Whoever looks at every process again and again takes most of both processors. */
    private static final Duration WATCHED = Duration.ofMinutes(8);

    private static final String SUDO = "canary-of-sudo-4711";
    private static final String TOKEN = "canary-of-the-token-4711";
    private static final String RELEASE = "canary-of-the-release-4711";
    private static final String REGISTRY = "canary-of-the-registry-4711";
    private static final String PROXY = "http://tony:canary-of-the-proxy-4711@192.0.2.9:3128";

    /** k3s's own, for root alone; etcd's files hold what the API keeps. */
    private static final List<String> MEANT = List.of(
            "/etc/rancher/k3s/token",
            "/etc/rancher/k3s/registries.yaml",
            "/etc/rancher/k3s/proxy.env",
            "/var/lib/rancher/k3s/agent/etc/containerd/config.toml",
            "/var/lib/rancher/k3s/server/token",
            "/var/lib/rancher/k3s/server/agent-token",
            "/var/lib/rancher/k3s/server/node-token",
            "/var/lib/rancher/k3s/server/db/",
            "/var/lib/rancher/k3s/server/cred/");

    @Test
    void noSecretIsSeenAnywhereButWhereItIsMeantToBe(Labs labs) throws IOException {
        try (Lab lab = labs.own("canary", "jarvis:server,ultron:agent")) {
            Homelab plain = InLab.user(lab, "CanarySoak");
            lab.nodeNames()
                    .forEach(node -> lab.on(
                            node,
                            "echo pi:" + SUDO + " | chpasswd"
                                    + "; grep -rl NOPASSWD /etc/sudoers.d | xargs sed -i 's/NOPASSWD: *//'"));
            Homelab homelab = secrets(plain, lab);

            int looks = 0;
            CanaryWatch server = CanaryWatch.on(lab, Lab.SERVER, homelab.folder());
            CanaryWatch agent = CanaryWatch.on(lab, Lab.AGENT, homelab.folder());
            Launched.homelab(homelab, "bootstrap", "--yes", "-vvv")
                    .until("phase artifacts")
                    .signal("SEGV")
                    .end();
            assertThat(reportsOfCrashes()).as("what a crash of Java leaves").isEmpty();
            Said said = ended(homelab);
            assertThat(said.err()).as("the libraries log").contains("DEBUG net.schmizz");
            looks += server.sawNone() + agent.sawNone();

            assertThat(said.exit()).as(said.err()).isZero();
            Said plan = Launched.homelab(homelab, "plan", "-vvv", "-o", "json").end();
            assertThat(said.out() + said.err() + plan.out() + plan.err()).doesNotContain("canary-of-");
            assertThat(plan.out()).contains("\"empty\" : true");
            assertThat(written(homelab.folder())).isEmpty();
            lab.nodeNames().forEach(node -> {
                assertThat(kept(lab, node)).as(node).isEmpty();
                assertThat(lab.on(node, "journalctl -q --no-pager | grep -c 'canary-of[-]' || :"))
                        .isEqualTo("0");
            });
            assertThat(lab.on(
                            Lab.SERVER,
                            "k3s kubectl -n web get secret web-login -o jsonpath='{.data.password}' | base64 -d"))
                    .isEqualTo(RELEASE);
            assertThat(lab.on(Lab.SERVER, "grep -c 'canary-of[-]' /var/lib/rancher/k3s/server/token"))
                    .as("the search finds what is there")
                    .isEqualTo("1");
            SoakTable.of("canary")
                    .keep(
                            "| bootstrap of two, sudo with a password, a registry and a proxy with logins, a release with a secret | "
                                    + looks + " |\n");
        }
    }

    /** The next run: for half a minute the last one's script may still be at work on a host. */
    private static Said ended(Homelab homelab) {
        Said said = Launched.homelab(homelab, "bootstrap", "--yes", "-vvv").end(WATCHED);
        for (int i = 0; i < 30 && said.exit() == Exit.LOCKED.code(); i++) {
            Launched.pause(Duration.ofSeconds(2));
            said = Launched.homelab(homelab, "bootstrap", "--yes", "-vvv").end(WATCHED);
        }
        return said;
    }

    /** Java writes what it held in its registers and on its stack to the folder that it was started in. */
    private static List<String> reportsOfCrashes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.map(Path::toString)
                    .filter(name -> name.startsWith("hs_err") || name.startsWith("core"))
                    .toList();
        }
    }

    private static Homelab secrets(Homelab plain, Lab lab) throws IOException {
        Path sources = Files.createDirectories(plain.folder().resolve("sources"));
        Path sudo = Files.writeString(sources.resolve("sudo"), SUDO);
        Path token = Files.writeString(sources.resolve("token"), TOKEN);
        Path release = Files.writeString(sources.resolve("release"), RELEASE);
        Path registry = Files.writeString(sources.resolve("registry"), REGISTRY);
        Path proxy = Files.writeString(sources.resolve("proxy"), PROXY);
        for (Path file : List.of(sudo, token, release, registry, proxy)) {
            Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        }
        StoryChart.in(plain.folder(), "whoami").pack("1.0.0");
        String mirror = lab.mirror().lines().findFirst().orElseThrow();
        return plain.releasing(
                        mirror + "/helm",
                        "whoami: {chart: whoami-1.0.0.tgz, version: 1.0.0, namespace: web, secrets: {web-login: {password: {file: "
                                + release + "}}}}")
                .where("defaults:\n", "defaults:\n  sudo-password: {file: " + sudo + "}\n")
                .where("k3s:\n", "k3s:\n  token: {file: " + token + "}\n")
                .where(
                        "nodes:\n",
                        "registries: {configs: {registry.home.arpa: {username: tony, password: {file: " + registry
                                + "}}}}\nproxy: {https: {file: " + proxy + "}}\nnodes:\n");
    }

    /** What this user was left with: journal, lock file, kubeconfig, outputs. The sources are the user's own. */
    private static List<Path> written(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder.resolve("sources")))
                    .filter(CanarySoak::holds)
                    .toList();
        }
    }

    private static boolean holds(Path file) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains("canary-of-");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> kept(Lab lab, String node) {
        String found = lab.on(
                node,
                "grep -rlIa 'canary-of[-]' /etc /root /home /run /tmp /var /usr/local --exclude-dir=containerd"
                        + " --exclude-dir=proc 2>/dev/null || :");
        return found.lines()
                .filter(file -> MEANT.stream().noneMatch(file::startsWith))
                .collect(Collectors.toList());
    }
}
