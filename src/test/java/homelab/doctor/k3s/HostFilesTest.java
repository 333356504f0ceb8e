package homelab.doctor.k3s;

import static homelab.doctor.Verdict.FAIL;
import static homelab.doctor.Verdict.PASS;
import static homelab.doctor.Verdict.UNKNOWN;
import static homelab.doctor.Verdict.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Houses;
import homelab.doctor.Verdict;
import homelab.model.Node;
import homelab.phase.Clusters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostFilesTest {
    private static final Node JARVIS = Clusters.twoPis().nodes().get(0);
    private static final Node ULTRON = Clusters.twoPis().nodes().get(1);
    private static final House HOUSE = Houses.twoPis().house();
    /** Made for this test, its key thrown away. */
    private static final String PEM = """
                -----BEGIN CERTIFICATE-----
                MIIBcDCCARagAwIBAgIUEk1GKeDvj1poEMy32XlznMXBD88wCgYIKoZIzj0EAwIw
                DzENMAsGA1UEAwwEdGVzdDAeFw0yNjExMjIwOTQ2MzNaFw0yNzAxMjIwOTQ2MzNa
                MA8xDTALBgNVBAMMBHRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ8+33G
                nJYltAprl0K/Q4qPmNBlBffB5xrUY1zc0wIVkFzY2G1y5oFIKvYOOe3y7lyut3+C
                rgwUHf61xBxrRGiHo1AwTjAdBgNVHQ4EFgQUtBkQT/FbO2QdW0JR6djdv7923QQw
                HwYDVR0jBBgwFoAUtBkQT/FbO2QdW0JR6djdv7923QQwDAYDVR0TAQH/BAIwADAK
                BggqhkjOPQQDAgNIADBFAiEA9pubax2TYH++Qs5EZ8KlU7D9vkWSEffEE3G0/R1+
                /qUCIBKzP9Virvt+tg74pCR2Rc1Fp9X9Syq31y1hg8Glk7jl
                -----END CERTIFICATE-----
                """;

    private static Verdict ends(Duration in, boolean authority) {
        var held = new CertificateFiles.Held("server/tls/x.crt", Houses.NOW.plus(in), authority);
        return new Certificates().judge(HOUSE, JARVIS, List.of(held)).verdict();
    }

    @Test
    void certificatesWarnTwoMonthsAndFailTwoWeeksBeforeTheirEnd() {
        assertThat(ends(Duration.ofDays(61), false)).isEqualTo(PASS);
        assertThat(ends(Duration.ofDays(59), false)).isEqualTo(WARN);
        assertThat(ends(Duration.ofDays(15), false)).isEqualTo(WARN);
        assertThat(ends(Duration.ofDays(13), false)).isEqualTo(FAIL);
        assertThat(ends(Duration.ofDays(-1), false)).isEqualTo(FAIL);
    }

    @Test
    void anAuthorityWarnsAYearBeforeItsEnd() {
        assertThat(ends(Duration.ofDays(366), true)).isEqualTo(PASS);
        assertThat(ends(Duration.ofDays(364), true)).isEqualTo(WARN);
    }

    @Test
    void theFilesAreReadAndWhatIsNoCertificateIsUnknown() {
        String said = "file server/tls/a.crt\n" + PEM + "file agent/b.crt\n" + PEM;
        Houses houses = Houses.twoPis().answers("jarvis", CertificateFiles.PROBE, said);

        assertThat(houses.house()
                        .reading(JARVIS, CertificateFiles.PROBE)
                        .known()
                        .orElseThrow())
                .extracting(CertificateFiles.Held::file, CertificateFiles.Held::authority)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("server/tls/a.crt", false),
                        org.assertj.core.groups.Tuple.tuple("agent/b.crt", false));
        houses.answers("jarvis", CertificateFiles.PROBE, "file server/tls/a.crt\nnothing\n");
        assertThat(new Certificates().judge(houses.house()))
                .extracting(Finding::verdict)
                .containsOnly(UNKNOWN);
    }

    private static Verdict modes(Node node, String said) {
        House house = Houses.twoPis()
                .answers(node.name().text(), new KeptFiles().probe(node), said)
                .house();
        return new KeptFiles()
                .judge(house).stream()
                        .filter(finding -> finding.subject().equals(node.name().text()))
                        .findFirst()
                        .orElseThrow()
                        .verdict();
    }

    @Test
    void filesThatOthersMayReadFail() {
        assertThat(modes(ULTRON, "600 root /etc/rancher/node/password\n")).isEqualTo(PASS);
        assertThat(modes(ULTRON, "400 root /etc/rancher/node/password\n")).isEqualTo(PASS);
        assertThat(modes(ULTRON, "640 root /etc/rancher/node/password\n")).isEqualTo(FAIL);
        assertThat(modes(ULTRON, "604 root server/token\n")).isEqualTo(FAIL);
        assertThat(modes(ULTRON, "600 pi server/token\n")).isEqualTo(FAIL);
        assertThat(modes(ULTRON, "")).isEqualTo(UNKNOWN);
    }

    @Test
    void onAServerSecretsInClearAndAnOpenEtcdWarn() {
        String well = "600 root server/token\netcd 700\nprovider aescbc\n";

        assertThat(modes(JARVIS, well)).isEqualTo(PASS);
        assertThat(modes(JARVIS, well.replace("700", "755"))).isEqualTo(WARN);
        assertThat(modes(JARVIS, well.replace("aescbc", "identity"))).isEqualTo(WARN);
        assertThat(modes(JARVIS, "600 root server/token\n")).isEqualTo(WARN);
    }

    private static Verdict restarts(int howMany, Duration apart) {
        List<Instant> times = new ArrayList<>();
        for (int at = howMany; at > 0; at--) {
            times.add(Houses.NOW.minus(apart.multipliedBy(at)));
        }
        return new Restarts().judge(HOUSE, JARVIS, new Restarts.Times(times)).verdict();
    }

    @Test
    void restartsWarnByTheDayAndFailByTheMinute() {
        assertThat(restarts(2, Duration.ofHours(1))).isEqualTo(PASS);
        assertThat(restarts(3, Duration.ofHours(1))).isEqualTo(WARN);
        assertThat(restarts(4, Duration.ofMinutes(1))).isEqualTo(WARN);
        assertThat(restarts(5, Duration.ofMinutes(1))).isEqualTo(FAIL);
    }

    @Test
    void aJournalThatCannotBeReadIsUnknown() {
        House house = Houses.twoPis()
                .answers("jarvis", new Restarts().probe(JARVIS), 1, "there is no journalctl")
                .house();

        assertThat(new Restarts().judge(house)).extracting(Finding::verdict).containsOnly(UNKNOWN);
    }
}
