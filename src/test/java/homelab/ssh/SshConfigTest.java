package homelab.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import homelab.host.Host;
import homelab.host.Script;
import homelab.model.Access;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.model.Way;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ~/.ssh/config says, against real sshds on loopback. */
class SshConfigTest {
    private static final Way UNSAID = new Way(false, false, Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    static Path shared;

    @TempDir
    Path home;

    private static OpenSsh target;
    private static OpenSsh first;
    private static OpenSsh second;
    private static Path key;
    private static Path bastionKey;
    private SshConnector connector;

    @BeforeAll
    static void startSshds() throws Exception {
        target = OpenSsh.start(Files.createDirectory(shared.resolve("target")));
        first = OpenSsh.start(Files.createDirectory(shared.resolve("first")));
        second = OpenSsh.start(Files.createDirectory(shared.resolve("second")));
        key = target.userKey("mine", "-t", "ed25519");
        bastionKey = first.userKey("bastion", "-t", "ed25519");
        Files.copy(
                shared.resolve("first/authorized_keys"),
                second.folder().resolve("authorized_keys"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @AfterAll
    static void stopSshds() throws Exception {
        for (OpenSsh each : new OpenSsh[] {target, first, second}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @BeforeEach
    void makeFolder() throws Exception {
        Files.createDirectories(home.resolve(".ssh"));
    }

    @AfterEach
    void closeConnector() {
        if (connector != null) {
            connector.close();
        }
    }

    @Test
    void takesLoginPortAndKeyOfTheEntryThatLeadsToTheNode() throws Exception {
        config("""
                Host jarvis
                  HostName 127.0.0.1
                  User %s
                  Port %d
                  IdentityFile %s
                """.formatted(Sites.USER, target.port(), key));

        assertThat(says(node("jarvis", UNSAID))).isEqualTo("in\n");
    }

    @Test
    void followsIncludesAndWildcardsOfTheAddress() throws Exception {
        Files.writeString(home.resolve(".ssh/homes.conf"), "Host 127.0.0.*\n  Port " + target.port() + "\n");
        config("""
                Include %s/.ssh/homes.conf
                Host *
                  User %s
                  IdentityFile ~/.ssh/anything
                """.formatted(home, Sites.USER));
        Files.copy(key, home.resolve(".ssh/anything"));

        assertThat(says(node("jarvis", UNSAID))).isEqualTo("in\n");
    }

    @Test
    void leavesAnEntryOfTheSameNameAloneThatLeadsElsewhere() throws Exception {
        config("""
                Host jarvis
                  HostName 192.0.2.1
                  Port 1234
                Host 127.0.0.1
                  Port %d
                  User %s
                  IdentityFile %s
                """.formatted(target.port(), Sites.USER, key));

        assertThat(says(node("jarvis", UNSAID))).isEqualTo("in\n");
    }

    @Test
    void takesTheHostNameOfTheEntryThatTheInventoryNames() throws Exception {
        config("""
                Host pi-from-afar
                  HostName localhost
                  Port %d
                  User %s
                  IdentityFile %s
                """.formatted(target.port(), Sites.USER, key));
        Way way = new Way(false, false, Optional.of("pi-from-afar"), Optional.empty(), Optional.empty());
        Access.Ssh nowhere = new Access.Ssh(Ip.parse("192.0.2.1"), 22, "pi", Optional.empty(), Optional.empty(), way);

        assertThat(says(Sites.node("jarvis", nowhere))).isEqualTo("in\n");
    }

    @Test
    void whatTheInventorySaysComesFirst() throws Exception {
        config("""
                Host *
                  User nobody-at-all
                  Port 1
                  IdentityFile /nowhere
                  ProxyJump nowhere.invalid
                """);
        Access.Ssh access = new Access.Ssh(
                Ip.parse("127.0.0.1"),
                target.port(),
                Sites.USER,
                Optional.of(key),
                Optional.of(new homelab.model.NodeName("ultron")),
                new Way(true, true, Optional.empty(), Optional.empty(), Optional.empty()));
        Node here = Sites.node("ultron", new Access.Local());

        assertThat(says(Sites.node("jarvis", access), here)).isEqualTo("in\n");
    }

    @Test
    void completesLoginAndPortForWhoeverAsksTheClusterForThem() throws Exception {
        config("Host 127.0.0.1\n  User tony\n  Port 2222\n");
        connector = new SshConnector(home, Duration.ofSeconds(5));
        Node node = node("jarvis", UNSAID);

        Access.Ssh settled = (Access.Ssh) connector
                .settled(Sites.cluster(home.resolve("known_hosts"), node))
                .nodes()
                .get(0)
                .access();

        assertThat(settled.user()).isEqualTo("tony");
        assertThat(settled.port()).isEqualTo(2222);
    }

    @Test
    void goesThroughAChainOfJumpHostsEachWithItsOwnKey() throws Exception {
        chain();

        assertThat(says(node("jarvis", UNSAID))).isEqualTo("in\n");

        String login = "Accepted publickey for " + Sites.USER;
        assertThat(first.log()).contains(login);
        assertThat(second.log()).contains(login);
        assertThat(home.resolve("known_hosts")).content().contains("]:" + first.port() + " ", "]:" + second.port());
    }

    @Test
    void checksTheHostKeyOfEveryHop() throws Exception {
        chain();
        String wrong = Files.readString(first.folder().resolve("host_ed25519.pub"));
        Files.writeString(home.resolve("known_hosts"), "[127.0.0.1]:" + second.port() + " " + wrong);

        Problem problem = refused(node("jarvis", UNSAID)).problems().get(0);

        assertThat(problem.what()).isEqualTo("far: its host key is not the known one");
        assertThat(problem.why()).contains("through near");
    }

    @Test
    void runsNoProxyCommandAndSaysSo() throws Exception {
        Path ran = home.resolve("ran");
        config("Host *\n  ProxyCommand touch " + ran + "\n");

        Failure failure = refused(node("jarvis", UNSAID));

        assertThat(failure.exit()).isEqualTo(Exit.USAGE);
        assertThat(failure.problems().get(0).what()).contains("jarvis", "ProxyCommand");
        assertThat(ran).doesNotExist();
    }

    @Test
    void saysThatAConfigurationIsBrokenWhereSshRefusesIt() throws Exception {
        config("Hoste jarvis\n");

        assertThat(refused(node("jarvis", UNSAID)).problems().get(0).what())
                .isEqualTo(home.resolve(".ssh/config") + " is not understood by ssh");
    }

    @Test
    void refusesAnUnknownHostWhereTheConfigurationIsStrict() throws Exception {
        config("Host *\n  Port " + target.port() + "\n  User " + Sites.USER + "\n  IdentityFile " + key
                + "\n  StrictHostKeyChecking yes\n");

        Problem problem = refused(node("jarvis", UNSAID)).problems().get(0);

        assertThat(problem.what()).isEqualTo("jarvis: its host key is not known");
        assertThat(problem.fix()).contains("ssh-keyscan -p " + target.port() + " 127.0.0.1");
        assertThat(home.resolve("known_hosts")).doesNotExist();
    }

    private void chain() throws Exception {
        config("""
                Host jarvis
                  HostName 127.0.0.1
                  Port %1$d
                  ProxyJump near,%4$s@far
                  IdentityFile %5$s
                Host near
                  Port %2$d
                Host far
                  Port %3$d
                Host near far
                  HostName 127.0.0.1
                  IdentityFile %6$s
                Host *
                  User %4$s
                """.formatted(target.port(), first.port(), second.port(), Sites.USER, key, bastionKey));
    }

    private void config(String text) throws Exception {
        Files.writeString(home.resolve(".ssh/config"), text);
    }

    private static Node node(String name, Way way) {
        return Sites.node(
                name, new Access.Ssh(Ip.parse("127.0.0.1"), 22, "pi", Optional.empty(), Optional.empty(), way));
    }

    private String says(Node node, Node... others) {
        connector = new SshConnector(home, Duration.ofSeconds(5));
        Node[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(node), java.util.stream.Stream.of(others))
                .toArray(Node[]::new);
        Host host = connector.connect(Sites.cluster(home.resolve("known_hosts"), all), node);
        return host.run(Script.user("say", "echo in", Duration.ofSeconds(20))).text();
    }

    private Failure refused(Node node) {
        return catchThrowableOfType(Failure.class, () -> says(node));
    }
}
