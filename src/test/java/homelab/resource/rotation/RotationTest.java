package homelab.resource.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.resource.Deed;
import homelab.resource.LocalSh;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which start of k3s is meant, and which token, as the host itself remembers it. */
class RotationTest {
    private static final Restarted PLAINLY = Restarted.plainly("k3s", "token-1");
    private static final Restarted BETWEEN = new Restarted("k3s", "certs-1", "echo between >>$between\n");

    @TempDir
    Path folder;

    private LocalSh sh;

    /** A systemd of one unit: each start has another name, and a stop keeps the last one. */
    @BeforeEach
    void aSystemd() throws IOException {
        Path fake = Files.writeString(folder.resolve("systemctl"), """
                #!/bin/sh
                cd %s
                echo "$*" >>asked
                case $* in
                  *InvocationID*) cat start ;;
                  *ActiveState*) cat active ;;
                  is-active*) cat active; [ "$(cat active)" = active ] ;;
                  stop*) echo inactive >active ;;
                  restart*) echo active >active; echo "$(cat start)x" >start ;;
                esac
                """.formatted(folder));
        assertThat(fake.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("active"), "active\n");
        Files.writeString(folder.resolve("start"), "a\n");
        sh = new LocalSh(Map.of(
                "PATH",
                folder + ":" + System.getenv("PATH"),
                "between",
                folder.resolve("between").toString()));
    }

    private Status status(Resource resource) {
        Path note = folder.resolve("restart");
        String said = sh.run("cat " + folder + "/active; cat " + folder + "/start; cat " + note + " 2>/dev/null || :")
                .out();
        return resource.status(LocalSh.answering(resource, "restarted:k3s", said));
    }

    private void doneTo(Resource resource) {
        String script = ((Deed.Shell) resource.deed()).script().replace("/var/lib/homelab", folder.toString());
        LocalSh.Ran ran = sh.run(script);
        assertThat(ran.exit()).as(ran.out()).isZero();
    }

    private String file(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    @Test
    void isStartedAgainOnceAndIsThenAsItShouldBe() throws IOException {
        assertThat(status(PLAINLY)).isEqualTo(Status.drift(Worst.RESTART, "service k3s", "active", "started again"));

        doneTo(PLAINLY);
        assertThat(status(PLAINLY)).isEqualTo(Status.SAME);
        assertThat(file("start")).isEqualTo("ax");

        doneTo(PLAINLY);
        assertThat(file("start")).as("it had been started again").isEqualTo("ax");
    }

    @Test
    void anotherReasonIsAnotherStart() {
        doneTo(PLAINLY);

        assertThat(status(Restarted.plainly("k3s", "token-2"))).isInstanceOf(Status.Drift.class);
    }

    @Test
    void aRunThatWasKilledBeforeTheStartIsGoneOnWith() throws IOException {
        Files.writeString(folder.resolve("restart"), "token-1\na\n");
        assertThat(status(PLAINLY)).isInstanceOf(Status.Drift.class);

        doneTo(PLAINLY);
        assertThat(status(PLAINLY)).isEqualTo(Status.SAME);
    }

    @Test
    void aRebootInBetweenIsAStartToo() throws IOException {
        Files.writeString(folder.resolve("restart"), "token-1\na\n");
        Files.writeString(folder.resolve("start"), "after-the-boot\n");

        assertThat(status(PLAINLY)).isEqualTo(Status.SAME);
    }

    @Test
    void oneThatDoesNotComeUpIsToBeStarted() throws IOException {
        doneTo(PLAINLY);
        Files.writeString(folder.resolve("active"), "failed\n");

        assertThat(status(PLAINLY)).isEqualTo(Status.drift(Worst.START, "service k3s", "failed", "active"));
        doneTo(PLAINLY);
        assertThat(status(PLAINLY)).isEqualTo(Status.SAME);
    }

    @Test
    void whatIsToBeDoneWhileItIsStoppedIsDoneOnce() throws IOException {
        doneTo(BETWEEN);
        assertThat(file("between")).isEqualTo("between");
        assertThat(file("asked")).contains("stop k3s");
        assertThat(status(BETWEEN)).isEqualTo(Status.SAME);

        Files.writeString(folder.resolve("active"), "failed\n");
        doneTo(BETWEEN);
        assertThat(file("between")).isEqualTo("between");
    }

    @Test
    void aBootBeforeItWasDoneDoesNotCountAsDone() throws IOException {
        Files.writeString(folder.resolve("restart"), "certs-1\na\n");
        Files.writeString(folder.resolve("start"), "after-the-boot\n");
        assertThat(status(BETWEEN)).isInstanceOf(Status.Drift.class);

        doneTo(BETWEEN);
        assertThat(file("between")).isEqualTo("between");
        assertThat(status(BETWEEN)).isEqualTo(Status.SAME);
    }

    @Test
    void aHostWhoseSystemdDoesNotAnswerIsNotKnown() {
        assertThat(PLAINLY.status(LocalSh.answering(PLAINLY, "restarted:k3s", "")))
                .isInstanceOf(Status.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"aa, false", "bb, true"})
    void theTokenIsChangedOnceItIsNoLongerThatOfBefore(String now, boolean changed) {
        RotatedToken token = new RotatedToken("aa");

        assertThat(token.status(LocalSh.answering(token, "sum of server/token", now + "\n"))
                        .equals(Status.SAME))
                .isEqualTo(changed);
    }

    /** By the deed's own script, with a k3s that does what it is told to, in a scratch folder. */
    @Test
    void theTokenOfBeforeIsKeptAndTheFileOfTheNextStartIsTheNewOnesPassword() throws IOException {
        LocalSh.Ran ran = rotated("printf 'K10%064d::server:new\\n' 0 >" + folder + "/server/token");

        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(file("token-before")).isEqualTo("K10" + "0".repeat(64) + "::server:old");
        assertThat(file("etc/token")).isEqualTo("new");
        assertThat(file("args")).isEqualTo("token rotate");
    }

    @Test
    void aK3sThatChangesNothingHasFailed() throws IOException {
        assertThat(rotated(":").out()).contains("and it is the same");
        assertThat(file("etc/token")).isEqualTo("old");
    }

    @Test
    void aTokenInASettingsFileIsRefusedBeforeAnythingIsChanged() throws IOException {
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc/config.yaml"), "token: old\n");

        LocalSh.Ran ran = rotated("echo called >" + folder + "/called");
        assertThat(ran.exit()).isNotZero();
        assertThat(ran.out()).contains("sets a token of its own");
        assertThat(file("called") + file("token-before")).isEmpty();
    }

    private LocalSh.Ran rotated(String does) throws IOException {
        Files.createDirectories(folder.resolve("server"));
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("server/token"), "K10" + "0".repeat(64) + "::server:old\n");
        Files.writeString(folder.resolve("etc/token"), "old\n");
        Path k3s =
                Files.writeString(folder.resolve("k3s"), "#!/bin/sh\necho \"$*\" >" + folder + "/args\n" + does + "\n");
        assertThat(k3s.toFile().setExecutable(true)).isTrue();
        String script = ((Deed.Shell) new RotatedToken("aa").deed()).script();
        return sh.run(script.replace("/var/lib/rancher/k3s", folder.toString())
                .replace("/etc/rancher/k3s", folder.resolve("etc").toString())
                .replace("/usr/local/bin/k3s", k3s.toString())
                .replace("/var/lib/homelab", folder.toString()));
    }
}
