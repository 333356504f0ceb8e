package homelab.resource.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Reading;
import homelab.resource.Deed;
import homelab.resource.LocalSh;
import homelab.resource.Status;
import homelab.resource.rotation.KeyStage.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What k3s says of the keys, what lies in etcd, and which stage is asked for. */
class EncryptionTest {
    private static final String NEW = "aescbckey-2026-11-23T15:00:00Z";

    @TempDir
    Path folder;

    /** As k3s prints it, with its log in front. */
    private static String status(String active, String others, String stage) {
        return """
                time="2026-11-23T15:00:00Z" level=warning msg="Unknown flag --node-name found in config.yaml"
                {
                	"stage": "%s",
                	"activekey": "%s",
                	"enable": true,
                	"hashmatch": true%s
                }
                """.formatted(stage, active, others.isEmpty() ? "" : ",\n\t\"inactivekeys\": [\"" + others + "\"]");
    }

    private static Encryption told(String answer) {
        return LocalSh.reading(Encryption.PROBE, 0, answer).known().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "AES-CBC aescbckey, '', start, 0",
        "AES-CBC aescbckey, AES-CBC " + NEW + ", prepare, 1",
        "AES-CBC " + NEW + ", AES-CBC aescbckey, rotate, 2",
        "AES-CBC " + NEW + ", AES-CBC aescbckey, reencrypt_active, 2",
        "AES-CBC " + NEW + ", '', reencrypt_finished, 3",
        "aescbckey, '', reencrypt_finished, 0"
    })
    void howFarARotationIsFollowsFromTheKeysThatK3sNames(String active, String others, String stage, int reached) {
        assertThat(told(status(active, others, stage)).reached("aescbckey")).isEqualTo(reached);
    }

    @Test
    void theEndOfTheLastRotationIsNotTheEndOfTheNext() {
        assertThat(told(status("AES-CBC " + NEW, "", "reencrypt_finished")).reached(NEW))
                .isZero();
    }

    @Test
    void withoutSettingsNothingIsEncryptedAndThatIsNotUnknown() {
        Encryption is = told("{\"stage\": \"\", \"activekey\": \"\"}");

        assertThat(is.on()).isEmpty();
        assertThat(is.isOn()).isFalse();
    }

    @Test
    void aServerThatDoesNotTellIsUnknownWithItsLastWords() {
        Reading<Encryption> read =
                LocalSh.reading(Encryption.PROBE, 1, "level=fatal msg=\"Error: see server log for details: 503\"\n");

        assertThat(read)
                .isEqualTo(new Reading.Unknown<>("k3s does not tell it: \"Error: see server log for details: 503\""));
    }

    @Test
    void serversThatDifferAreNotTakenForAgreed() {
        Encryption is =
                told("{\"stage\":\"prepare\",\"activekey\":\"AES-CBC a\",\"enable\":true,\"hasherror\":\"hash does not"
                        + " match between jarvis and vision\"}");

        assertThat(is.agrees()).isFalse();
        assertThat(is.disagreement()).isEqualTo("hash does not match between jarvis and vision");
    }

    /** By the probe's own script: one in clear, one under a key whose name begins like the other's, two under the one that writes. */
    @Test
    void secretsAreCountedByWhatStandsInFrontOfThem() throws IOException {
        program("k3s", "echo '\"activekey\": \"AES-CBC aescbckey\"'");
        program(
                "curl",
                "cat "
                        + Files.writeString(
                                folder.resolve("range"),
                                "{\"kvs\":["
                                        + value("k8s\0\n\u0002v1\u0012\u0006Secret") + ","
                                        + value("k8s:enc:aescbc:v1:aescbckey-2026:\u0001\u0002\u0003") + ","
                                        + value("k8s:enc:aescbc:v1:aescbckey:one of them") + ","
                                        + value("k8s:enc:aescbc:v1:aescbckey:x") + "],\"count\":\"4\"}"));

        assertThat(held()).isEqualTo(new Reading.Known<>(new SecretsHeld(4, 3, 2)));
    }

    @Test
    void anEtcdThatDoesNotAnswerHasNotNoSecrets() throws IOException {
        program("k3s", "echo '\"activekey\": \"AES-CBC aescbckey\"'");
        program("curl", "exit 7");

        assertThat(held()).isInstanceOf(Reading.Unknown.class);
    }

    private static String value(String plain) {
        byte[] bytes = plain.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return "{\"key\":\"a2V5\",\"version\":\"1\",\"value\":\""
                + Base64.getEncoder().encodeToString(bytes) + "\"}";
    }

    private Reading<SecretsHeld> held() throws IOException {
        Files.writeString(folder.resolve("client.key"), "");
        LocalSh.Ran ran = sh().run(SecretsHeld.PROBE
                .shell()
                .replace("/usr/local/bin/k3s", folder.resolve("k3s").toString())
                .replace("/var/lib/rancher/k3s/server/tls/etcd", folder.toString()));
        return LocalSh.reading(SecretsHeld.PROBE, ran.exit(), ran.out());
    }

    @Test
    void theNameOfTheKeyOfBeforeIsNotedBeforeK3sIsAsked() throws IOException {
        assertThat(asked(Way.PREPARE, "aescbckey", "start", "cat " + folder + "/key-before"))
                .isEqualTo("prepare");
        assertThat(Files.readString(folder.resolve("key-before"))).isEqualTo("aescbckey\n");
    }

    @Test
    void aServerThatWorksOnItIsLeftAlone() throws IOException {
        assertThat(asked(Way.REENCRYPT, NEW, "reencrypt_active", "exit 1")).isEmpty();
    }

    @Test
    void aServerThatDiedInTheMidstGoesOnWithTheKeysThatItHas() throws IOException {
        assertThat(asked(
                        Way.AT_ONCE,
                        NEW + "\",\n\t\"inactivekeys\": [\"AES-CBC aescbckey\"],\n\t\"x\": \"",
                        "start",
                        ":"))
                .isEqualTo("reencrypt --force");
        assertThat(asked(Way.AT_ONCE, "aescbckey", "start", ":")).isEqualTo("rotate-keys");
    }

    /** By force k3s would drop the only key. */
    @Test
    void aRotationThatComesToItsEndAtThatMomentIsNotForced() throws IOException {
        assertThat(asked(Way.AT_ONCE, NEW, "reencrypt_finished", ":")).isEmpty();
    }

    @Test
    void aServerThatDoesNotTellItsKeysIsAskedForNothing() throws IOException {
        program("k3s", "case $* in *status*) exit 1 ;; *) echo \"$*\" >" + folder + "/asked ;; esac");

        assertThat(sh().run(deed(Way.AT_ONCE)).exit()).isNotZero();
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @Test
    void whatK3sRefusesHasFailed() throws IOException {
        program("k3s", "case $* in *status*) echo '\"stage\": \"start\"' ;; *) echo incorrect stage; exit 1 ;; esac");

        LocalSh.Ran ran = sh().run(deed(Way.ROTATE));

        assertThat(ran.exit()).isNotZero();
        assertThat(ran.out()).contains("incorrect stage");
    }

    @Test
    void aStageThatIsReachedIsNotDoneAgain() {
        KeyStage rotate = new KeyStage(Way.ROTATE, "aescbckey");

        assertThat(rotate.status(LocalSh.answering(
                        rotate, "secrets encryption", status("AES-CBC " + NEW, "AES-CBC aescbckey", "rotate"))))
                .isEqualTo(Status.SAME);
        assertThat(rotate.status(LocalSh.answering(
                        rotate, "secrets encryption", status("AES-CBC aescbckey", "AES-CBC " + NEW, "prepare"))))
                .isInstanceOf(Status.Drift.class);
    }

    /** What k3s was asked for besides its status. */
    private String asked(Way way, String active, String stage, String does) throws IOException {
        program("k3s", """
                case $* in
                  *status*) cat %s/status ;;
                  *) shift; echo "$*" >%s/asked; %s ;;
                esac""".formatted(folder, folder, does));
        Files.writeString(
                folder.resolve("status"),
                "{\n\t\"stage\": \"" + stage + "\",\n\t\"activekey\": \"AES-CBC " + active + "\"\n}\n");
        Files.writeString(folder.resolve("asked"), "");
        LocalSh.Ran ran = sh().run(deed(way));
        assertThat(ran.exit()).as(ran.out()).isZero();
        return Files.readString(folder.resolve("asked")).strip();
    }

    private String deed(Way way) {
        return ((Deed.Shell) new KeyStage(way, "aescbckey").deed())
                .script()
                .replace("/usr/local/bin/k3s", folder.resolve("k3s").toString())
                .replace("/var/lib/homelab", folder.toString());
    }

    private void program(String name, String does) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + does + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private LocalSh sh() {
        return new LocalSh(Map.of("PATH", folder + ":" + System.getenv("PATH")));
    }
}
