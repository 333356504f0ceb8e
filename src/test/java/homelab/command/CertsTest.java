package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.k3s.CertificateFiles.Held;
import homelab.model.Node;
import homelab.phase.Clusters;
import homelab.probe.Reading;
import homelab.problem.Exit;
import homelab.report.CertsText;
import homelab.report.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Node JARVIS = Clusters.twoPis().nodes().get(0);

    @TempDir
    Path folder;

    private static Held held(String file, int days, boolean authority) {
        return new Held(file, NOW.plus(Duration.ofDays(days)), authority);
    }

    private static CertsLook look(Held... held) {
        return new CertsLook(Map.of(JARVIS, new Reading.Known<>(List.of(held))), Map.of());
    }

    @Test
    void whatK3sWouldRenewAtAStartIsDue() {
        assertThat(look(held("a.crt", 119, false), held("b.crt", 300, false)).isDue(JARVIS, NOW))
                .isTrue();
        assertThat(look(held("a.crt", 121, false)).isDue(JARVIS, NOW)).isFalse();
    }

    @Test
    void anAuthorityIsRenewedInAnotherWay() {
        assertThat(look(held("ca.crt", 30, true), held("a.crt", 300, false)).isDue(JARVIS, NOW))
                .isFalse();
    }

    @Test
    void aNodeWhoseCertificatesWereTakenAwayIsGoneOnWith() {
        CertsLook look = new CertsLook(Map.of(JARVIS, new Reading.Known<>(List.of())), Map.of(JARVIS, "certs-1"));

        assertThat(look.isDue(JARVIS, NOW)).isTrue();
        assertThat(look.unseen()).isEmpty();
    }

    @Test
    void whatCouldNotBeSeenIsNeverTakenForLasting() {
        assertThat(look().unseen()).containsExactly(JARVIS);
        assertThat(new CertsLook(Map.of(JARVIS, new Reading.Unknown<>("late")), Map.of()).unseen())
                .containsExactly(JARVIS);
    }

    @Test
    void theFirstToEndStandsFirstAndWhatSignsOthersIsMarked() {
        String text = new CertsText(Terminal.PIPE, NOW)
                .of(look(held("server/tls/ca.crt", 3000, true), held("agent/b.crt", 20, false))
                        .held());

        assertThat(text).isEqualTo("""
                jarvis\tagent/b.crt\t2026-12-13\t20\t
                jarvis\tserver/tls/ca.crt\t2035-02-09\t3000\tsigns others
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "certs, Missing required parameter",
        "certs extend, expected one of [show",
        "certs show --force, show changes nothing",
        "certs renew vision, the inventory has no node 'vision'"
    })
    void wrongWordsAreToldWithoutAHost(String typed, String said) throws IOException {
        Path inventory = Files.writeString(folder.resolve("home.yaml"), """
                cluster: home
                network: {lan: 127.0.0.0/8}
                k3s: {version: v1.33.4+k3s1}
                nodes:
                  jarvis: {address: 127.0.0.1, port: 1, role: server}
                """);
        Run run = Run.of((typed + " -i " + inventory).split(" "));

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.USAGE);
        assertThat(run.err().replaceAll("\\s+", " ")).contains(said).doesNotContain("127.0.0.1");
    }
}
