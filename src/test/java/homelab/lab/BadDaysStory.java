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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a user meets on a bad day, before anything was begun: it is told what, why and how to mend, and nothing is touched. */
@ExtendWith(InLab.class)
@Timeout(300)
class BadDaysStory {
    private static Lab lab;
    private static Homelab homelab;
    private List<Footprint> before = List.of();
    private String mend = "true";

    @BeforeAll
    static void twoBareHosts(Lab shared, Homelab user) {
        lab = shared.bare();
        homelab = user;
    }

    @BeforeEach
    void look() {
        before = Footprint.of(lab, Lab.SERVER, Lab.AGENT);
    }

    @AfterEach
    void leavesBothHostsAsTheyWere() {
        lab.on(Lab.AGENT, mend);
        assertThat(Footprint.changes(before, Footprint.of(lab, Lab.SERVER, Lab.AGENT)))
                .isEmpty();
    }

    private Run bootstrap() {
        return homelab.run("bootstrap", "--yes");
    }

    @Test
    void namesEveryHostThatCannotBeReached() {
        String nobody = lab.address(Lab.AGENT).replaceFirst("[0-9]+$", "99");
        lab.stop(Lab.AGENT);
        Run run = homelab.where("nodes:\n", "nodes:\n  vision: {address: " + nobody + ", role: agent}\n")
                .run("bootstrap", "--yes");
        lab.start(Lab.AGENT);

        Told.problem(run, Exit.BLIND, "ultron: cannot be reached by SSH", lab.address(Lab.AGENT), "switched on");
        Told.problem(run, Exit.BLIND, "vision: cannot be reached by SSH", nobody, "switched on");
        assertThat(run.err()).doesNotContain("✗ jarvis");
    }

    @Test
    void mergesNoAccessToAClusterThatIsNotThere() {
        Told.problem(
                homelab.run("kubeconfig"),
                Exit.REFUSED,
                "there is no cluster yet",
                "no server of the inventory runs an API",
                "homelab bootstrap -i ");
    }

    @Test
    void saysWhichKeyWasRefused() throws IOException {
        Path key = key("another");

        Run run = homelab.where(lab.state().resolve("id_ed25519").toString(), key.toString())
                .run("bootstrap", "--yes");

        Told.problem(run, Exit.BLIND, "jarvis: pi is not let in", "refused " + key, "ssh-copy-id -i " + key);
        Told.problem(run, Exit.BLIND, "ultron: pi is not let in", "publickey", "pi@" + lab.address(Lab.AGENT));
    }

    @Test
    void showsBothFingerprintsOfAChangedHostKey() throws IOException {
        Path key = key("former");
        String former = Files.readString(Path.of(key + ".pub")).replaceFirst(" [^ ]*$", "");
        Path known = homelab.folder().resolve("known_hosts");
        Files.writeString(known, lab.address(Lab.SERVER) + " " + former + "\n");

        Run run = homelab.where(lab.state().resolve("known_hosts").toString(), known.toString())
                .run("bootstrap", "--yes");

        String now = lab.on(Lab.SERVER, "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | cut -d' ' -f2");
        Told.problem(run, Exit.BLIND, "jarvis: its host key is not the known one", Pattern.quote(now), "ssh-keygen -R");
        assertThat(run.err()).contains(fingerprint(key), known + ":1");
    }

    @Test
    void saysHowToAllowSudo() {
        mend = "mv /root/sudoers /etc/sudoers.d/010_pi-nopasswd";
        lab.on(Lab.AGENT, "mv /etc/sudoers.d/010_pi-nopasswd /root/sudoers");

        Told.problem(bootstrap(), Exit.BLIND, "ultron: no passwordless sudo for pi", "a password", "NOPASSWD");
        Run doctor = homelab.run("doctor", "--group", "HOST,SEC");
        assertThat(doctor.exit()).isEqualTo(Exit.FAILED);
        assertThat(doctor.out())
                .contains("✗ HOST-001 ultron: answers, but lets nobody look", "NOPASSWD", "so   not judged: HOST-002,");
    }

    @Test
    void comesThroughAJumpHostAndGivesSudoItsPassword() throws IOException {
        mend = "mv /root/sudoers /etc/sudoers.d/010_pi-nopasswd; rm -r /etc/sudoers.d/011 /var/lib/sudo/lectured/*;"
                + " cp -p /root/shadow /etc/shadow; rm /root/shadow";
        lab.on(
                Lab.AGENT,
                "cp -p /etc/shadow /root/shadow; echo pi:canary-of-sudo | chpasswd;"
                        + " mv /etc/sudoers.d/010_pi-nopasswd /root/sudoers; echo 'pi ALL=(ALL) ALL' >/etc/sudoers.d/011");
        Path home = Path.of(homelab.env().get("HOME"), ".ssh");
        Files.createDirectories(home);
        Files.writeString(
                home.resolve("config"),
                "Host " + lab.address(Lab.AGENT) + "\n  ProxyJump " + lab.address(Lab.SERVER)
                        + "\nHost *\n  User pi\n  IdentityFile "
                        + lab.state().resolve("id_ed25519") + "\n");
        Path password = Files.writeString(homelab.folder().resolve("password"), "canary-of-sudo\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));

        Run facts = homelab.where("  user: pi\n", "  sudo-password: {file: " + password + "}\n")
                .run("facts", "-v");

        Files.delete(home.resolve("config"));
        assertThat(facts.exit()).as(facts.err()).isEqualTo(Exit.DONE);
        assertThat(facts.out()).containsPattern("ultron\\s.*Debian");
        assertThat(facts.out() + facts.err()).doesNotContain("canary-of-sudo");
        assertThat(lab.on(Lab.AGENT, "journalctl -q --no-pager -u ssh | grep 'Accepted publickey' | tail -n 1"))
                .contains("from " + lab.address(Lab.SERVER) + " ");
    }

    @Test
    void namesWhoHasThePortOfTheApi() {
        lab.on(Lab.SERVER, "mkdir -p /run/sshd; /usr/sbin/sshd -p 6443 -o PidFile=/run/squatter.pid");

        Run run = bootstrap();

        lab.on(Lab.SERVER, "kill $(cat /run/squatter.pid)");
        Told.problem(run, Exit.REFUSED, "jarvis: port 6443 is taken", "sshd listens on .*:6443", "ss -ltnp");
    }

    @Test
    void refusesTwoHostsOfOneName() {
        mend = "hostname ultron";
        lab.on(Lab.AGENT, "hostname jarvis");

        Told.problem(bootstrap(), Exit.REFUSED, "jarvis and ultron: have the same host name", "jarvis", "set-hostname");
    }

    @Test
    void refusesACopiedCard() {
        String id = lab.on(Lab.SERVER, "cat /etc/machine-id");
        mend = "cp /root/machine-id /etc/machine-id";
        lab.on(Lab.AGENT, "cp /etc/machine-id /root/machine-id; echo " + id + " >/etc/machine-id");

        Told.problem(
                bootstrap(),
                Exit.REFUSED,
                "jarvis and ultron: have the same machine id",
                id + ".*copied card",
                "systemd-machine-id-setup");
    }

    @Test
    void needsAPlaceForItsJournalBeforeItBegins() {
        Homelab nowhere = homelab.with("HOME", "/sys").with("XDG_STATE_HOME", "");

        Run plan = nowhere.run("plan");
        Run run = nowhere.run("bootstrap", "--yes");

        assertThat(plan.exit()).as(plan.err()).isEqualTo(Exit.DONE);
        Told.problem(run, Exit.FAILED, "the journal cannot be written", "/sys/.local/state", "XDG_STATE_HOME");
    }

    private static Path key(String name) throws IOException {
        Path key = homelab.folder().resolve(name);
        Files.deleteIfExists(key);
        Said.by(Duration.ofSeconds(5), "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .ok();
        return key;
    }

    private static String fingerprint(Path key) {
        return Said.by(Duration.ofSeconds(5), "ssh-keygen", "-lf", key + ".pub")
                .ok()
                .split(" ")[1];
    }
}
