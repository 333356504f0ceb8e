package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Node;
import homelab.phase.Clusters;
import homelab.probe.Reading;
import homelab.problem.Exit;
import homelab.report.EncryptionText;
import homelab.report.Terminal;
import homelab.resource.rotation.Encryption;
import homelab.resource.rotation.SecretsHeld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the words is said before any host is reached; what was seen is told by name, never the key. */
class SecretsEncryptionTest {
    private static final Node JARVIS = Clusters.twoPis().nodes().get(0);
    private static final Encryption FOUNDED = new Encryption(
            Optional.of(true), "start", Optional.of(new Encryption.Key("AES-CBC", "aescbckey")), List.of(), "");

    @TempDir
    Path folder;

    private Run run(String typed) throws IOException {
        Path inventory = Files.writeString(folder.resolve("home.yaml"), """
                cluster: home
                network: {lan: 127.0.0.0/8}
                k3s: {version: v1.33.4+k3s1}
                nodes:
                  jarvis: {address: 127.0.0.1, port: 1, role: server}
                """);
        return Run.of((typed + " -i " + inventory).split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "secrets-encryption, Missing required parameter",
        "secrets-encryption hide, expected one of [status",
        "secrets-encryption status --yes, status changes nothing"
    })
    void wrongWordsAreToldWithoutAHost(String typed, String said) throws IOException {
        Run run = run(typed);

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.USAGE);
        assertThat(run.err().replaceAll("\\s+", " ")).contains(said).doesNotContain("127.0.0.1");
    }

    @Test
    void aServerThatDoesNotAnswerLeavesItNotKnown() throws IOException {
        assertThat(run("secrets-encryption status").exit()).isEqualTo(Exit.BLIND);
        assertThat(run("secrets-encryption rotate --yes").exit()).isEqualTo(Exit.BLIND);
    }

    @Test
    void whatCouldNotBeSeenIsNeverTakenForSeen() {
        assertThat(look(new Reading.Known<>(FOUNDED), Optional.empty()).isWhole())
                .isTrue();
        assertThat(look(new Reading.Unknown<>("late"), Optional.empty()).isWhole())
                .isFalse();
        assertThat(look(new Reading.Known<>(FOUNDED), Optional.of(new Reading.Unknown<>("late")))
                        .isWhole())
                .isFalse();
    }

    private static EncryptionLook look(Reading<Encryption> server, Optional<Reading<SecretsHeld>> held) {
        return new EncryptionLook(Map.of(JARVIS, server), held, Optional.empty());
    }

    @Test
    void theStatusNamesKeyAndStageAndCountsWhatLiesUnderIt() {
        EncryptionText text = new EncryptionText(
                Map.of(JARVIS, new Reading.Known<>(FOUNDED)),
                Optional.of(new Reading.Known<>(new SecretsHeld(12, 11, 9))),
                true);

        assertThat(text.of(Terminal.PIPE))
                .contains("jarvis\tyes\taescbckey (AES-CBC)\tstart\tagree")
                .contains("Secrets in etcd: 12, of them 9 under this key, 2 under another, 1 in clear")
                .contains("homelab secrets-encryption rotate goes on with it");
        assertThat(text.json())
                .contains("\"schema\" : \"homelab/secrets-encryption/v1\"", "\"older\" : 2", "\"clear\" : 1");
    }
}
