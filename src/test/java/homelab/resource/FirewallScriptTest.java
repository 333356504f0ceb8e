package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that takes a change of the firewall back, among files and programs of the test's own. */
class FirewallScriptTest {
    private static final Path SCRIPT = Path.of("templates/usr/local/lib/homelab/firewall");

    @TempDir
    private Path root;

    @BeforeEach
    void aHostWhoseUfwIsOff() throws IOException {
        Files.createDirectories(root.resolve("etc/default"));
        Files.createDirectories(root.resolve("etc/ufw"));
        Files.createDirectories(root.resolve("lib/ufw"));
        Files.createDirectories(root.resolve("bin"));
        file("etc/default/ufw", "policies as shipped\n");
        file("etc/ufw/ufw.conf", "ENABLED=no\n");
        file("etc/ufw/user.rules", "no rules\n");
        file("etc/ufw/user6.rules", "none either\n");
        program(
                "lib/ufw/ufw-init",
                "echo init $* >>" + root + "/called; [ $1 != start ] || : >" + root + "/works\n"
                        + "[ $1 != force-stop ] || rm -f " + root + "/works");
        program("bin/systemctl", "echo $* >>" + root + "/called; [ ! -e " + root + "/no-timer ]");
        program(
                "bin/iptables",
                "case \"$*\" in *'-S ufw-before-input') [ ! -e " + root
                        + "/works ] || echo '-A ufw-before-input -j ACCEPT' ;; *-S) echo '-P INPUT ACCEPT'; echo '-P FORWARD DROP' ;;"
                        + " *'-S INPUT') echo '-A INPUT -j ufw-before-input' ;; *) echo iptables $* >>" + root
                        + "/called ;; esac");
        program("bin/ip6tables", "exit 1");
        file("called", "");
    }

    private void file(String path, String text) throws IOException {
        Files.writeString(root.resolve(path), text);
    }

    private void program(String path, String script) throws IOException {
        file(path, "#!/bin/sh\n" + script + "\n");
        assertThat(root.resolve(path).toFile().setExecutable(true)).isTrue();
    }

    private LocalSh.Ran firewall(String words) throws IOException {
        String script =
                Files.readString(SCRIPT).replaceAll("(/etc/|/lib/ufw|/usr/lib/ufw|/var/lib|/run/lock)", root + "$1");
        file("firewall", script);
        return new LocalSh(Map.of("PATH", root.resolve("bin") + ":" + System.getenv("PATH")))
                .run("sh " + root.resolve("firewall") + " " + words);
    }

    private String rules() throws IOException {
        return Files.readString(root.resolve("etc/ufw/user.rules"));
    }

    private boolean has(String path) {
        return Files.exists(root.resolve("var/lib/homelab/firewall").resolve(path));
    }

    @Test
    void aChangeThatNobodyConfirmsIsTakenBackWithItsPolicies() throws IOException {
        assertThat(firewall("keep one")).isEqualTo(new LocalSh.Ran(0, ""));
        assertThat(Files.readString(root.resolve("called"))).contains("restart homelab-firewall-back.timer");
        file("etc/ufw/user.rules", "rules that lock out\n");
        file("etc/ufw/ufw.conf", "ENABLED=yes\n");

        assertThat(firewall("back timer").out()).contains("taken back (timer)");

        assertThat(rules()).isEqualTo("no rules\n");
        assertThat(root.resolve("etc/ufw/ufw.conf")).hasContent("ENABLED=no");
        assertThat(Files.readString(root.resolve("called")))
                .contains("init force-stop", "iptables -w 5 -P FORWARD DROP");
        assertThat(has("unconfirmed")).isFalse();
        assertThat(has("returned")).isTrue();
        assertThat(firewall("confirm").exit()).isEqualTo(3);
    }

    @Test
    void aFirewallThatWorkedWorksAgain() throws IOException {
        file("works", "");
        firewall("keep one");
        file("etc/ufw/user.rules", "rules that lock out\n");

        firewall("back client");

        assertThat(rules()).isEqualTo("no rules\n");
        assertThat(Files.readString(root.resolve("called"))).contains("init force-stop\ninit start");
        assertThat(root.resolve("works")).exists();
    }

    @Test
    void oneThatDoesNotComeUpAgainStaysOffRatherThanShut() throws IOException {
        file("works", "");
        firewall("keep one");
        program("lib/ufw/ufw-init", "exit 1");
        Files.delete(root.resolve("works"));

        firewall("back timer");

        assertThat(Files.readString(root.resolve("called"))).contains("iptables -w 5 -P INPUT ACCEPT");
        assertThat(has("unconfirmed")).isFalse();
    }

    @Test
    void whatIsConfirmedStays() throws IOException {
        firewall("keep one");
        file("etc/ufw/user.rules", "rules that are good\n");

        assertThat(firewall("confirm").exit()).isZero();
        assertThat(firewall("back timer")).isEqualTo(new LocalSh.Ran(0, ""));

        assertThat(rules()).isEqualTo("rules that are good\n");
        assertThat(firewall("undo").exit()).isZero();
        assertThat(rules()).isEqualTo("no rules\n");
    }

    @Test
    void changesOfOneRunAreOneAndThoseOfTwoAreNot() throws IOException {
        firewall("keep one");
        file("etc/ufw/user.rules", "first\n");
        firewall("confirm");
        firewall("keep one");
        file("etc/ufw/user.rules", "second\n");
        firewall("back timer");
        assertThat(rules()).isEqualTo("no rules\n");

        file("etc/ufw/user.rules", "third\n");
        firewall("keep two");
        file("etc/ufw/user.rules", "fourth\n");
        firewall("back timer");
        assertThat(rules()).isEqualTo("third\n");
    }

    @Test
    void aSecondRunDoesNotTakeWhatIsUnconfirmedForWhatWas() throws IOException {
        firewall("keep one");
        file("etc/ufw/user.rules", "rules that lock out\n");
        firewall("keep two");
        firewall("back timer");
        assertThat(rules()).isEqualTo("no rules\n");
    }

    @Test
    void atBootTheFilesAreEnoughSinceUfwComesAfter() throws IOException {
        firewall("keep one");
        file("etc/ufw/user.rules", "rules that lock out\n");
        file("called", "");
        firewall("back boot");
        assertThat(rules()).isEqualTo("no rules\n");
        assertThat(Files.readString(root.resolve("called"))).isEmpty();
    }

    @Test
    void withoutATimerNothingMayBeChanged() throws IOException {
        file("no-timer", "");
        assertThat(firewall("keep one").exit()).isEqualTo(1);
        assertThat(has("unconfirmed")).isFalse();
    }
}
