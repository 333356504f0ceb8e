package homelab.doctor.net;

import static homelab.doctor.Verdict.FAIL;
import static homelab.doctor.Verdict.NOT_APPLICABLE;
import static homelab.doctor.Verdict.PASS;
import static homelab.doctor.Verdict.UNKNOWN;
import static homelab.doctor.Verdict.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Check;
import homelab.doctor.Checkup;
import homelab.doctor.Finding;
import homelab.doctor.Houses;
import homelab.doctor.Verdict;
import homelab.model.Cluster;
import homelab.phase.Clusters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Jarvis is the server at 10.0.1.10, Ultron the agent at 10.0.1.11. */
class FirewallTest {
    private static final String SETTINGS = "DEFAULT_INPUT_POLICY=DROP\nDEFAULT_FORWARD_POLICY=ACCEPT\n";
    private static final String ON = SETTINGS + "ENABLED=yes\nLOADED=yes\n";
    private static final String NEEDED = rules(
            "allow tcp 22 0.0.0.0/0 any 10.0.1.0/24 in",
            "allow tcp 6443 0.0.0.0/0 any 10.0.1.0/24 in",
            "allow tcp 10250 0.0.0.0/0 any 10.0.1.11 in",
            "allow udp 8472 0.0.0.0/0 any 10.0.1.11 in",
            "allow any any 0.0.0.0/0 any 10.42.0.0/16 in",
            "allow any any 0.0.0.0/0 any 10.43.0.0/16 in");

    private static String rules(String... tuples) {
        return Stream.of(tuples).map(tuple -> "### tuple ### " + tuple + "\n").collect(Collectors.joining());
    }

    private static Finding jarvis(Check check, String ufw) {
        return check.judge(Houses.twoPis().answers("jarvis", Ufw.PROBE, ufw).house())
                .get(0);
    }

    @Test
    void aFirewallAtWorkPasses() {
        assertThat(jarvis(new FirewallOn(), ON).verdict()).isEqualTo(PASS);
    }

    @Test
    void aFirewallThatIsOffOrMissingOrNotLoadedFails() {
        assertThat(jarvis(new FirewallOn(), "").verdict()).isEqualTo(FAIL);
        assertThat(jarvis(new FirewallOn(), SETTINGS).what()).isEqualTo("the firewall is off");
        assertThat(jarvis(new FirewallOn(), SETTINGS + "ENABLED=yes").what()).contains("not in the kernel");
        assertThat(jarvis(new FirewallOn(), SETTINGS + "LOADED=yes").what()).contains("does not start at boot");
    }

    @Test
    void refusedRoutedPacketsFailUnlessFlannelLetsThemThrough() {
        String refused = ON.replace("FORWARD_POLICY=ACCEPT", "FORWARD_POLICY=DROP");

        assertThat(jarvis(new FirewallOn(), refused).verdict()).isEqualTo(FAIL);
        assertThat(jarvis(new FirewallOn(), refused + "FLANNEL=yes").verdict()).isEqualTo(WARN);
    }

    @Test
    void whatCannotBeAskedIsUnknown() {
        Stream.of(new FirewallOn(), new FirewallLetsIn(), new FirewallKeepsOut(), new FirewallBlocks())
                .forEach(check -> assertThat(check.judge(Houses.twoPis().house()))
                        .allMatch(finding -> finding.verdict() == UNKNOWN));
    }

    @Test
    void aRuleThatIsNotUnderstoodIsNotPassedOver() {
        assertThat(jarvis(new FirewallLetsIn(), ON + rules("deny odd")).verdict())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void theRulesOfTheInventoryLetInWhatIsNeeded() {
        assertThat(jarvis(new FirewallLetsIn(), ON + NEEDED).verdict()).isEqualTo(PASS);
    }

    @Test
    void aRefusalBeforeTheOpeningDecides() {
        String refusal = rules("deny udp 8472 0.0.0.0/0 any 0.0.0.0/0 in");

        assertThat(jarvis(new FirewallLetsIn(), ON + refusal + NEEDED)).satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(FAIL);
            assertThat(finding.evidence())
                    .contains("8472/udp from 10.0.1.11 (pod network, from ultron):"
                            + " refused by deny 8472/udp from anywhere");
        });
        assertThat(jarvis(new FirewallLetsIn(), ON + NEEDED + refusal).verdict())
                .isEqualTo(PASS);
    }

    @Test
    void withoutARuleTheDefaultDecides() {
        String without = NEEDED.replaceFirst("### tuple ### allow udp 8472[^\\n]*\\n", "");

        assertThat(jarvis(new FirewallLetsIn(), ON + without).evidence().get(0))
                .contains("the default for incoming, DROP");
        assertThat(jarvis(new FirewallLetsIn(), ON.replace("INPUT_POLICY=DROP", "INPUT_POLICY=ACCEPT") + without)
                        .verdict())
                .isEqualTo(PASS);
    }

    @Test
    void rangesListsAndInterfacesAreUnderstood() {
        String other = NEEDED.replace(
                "allow tcp 10250 0.0.0.0/0 any 10.0.1.11 in",
                "allow tcp 80,10000:11000 0.0.0.0/0 any 10.0.1.0/24 in_eth0");

        assertThat(jarvis(new FirewallLetsIn(), ON + other).verdict()).isEqualTo(PASS);
        assertThat(jarvis(new FirewallLetsIn(), ON + other.replace("11000", "10249"))
                        .verdict())
                .isEqualTo(FAIL);
    }

    @Test
    void aRefusalOfPartOfWhatPodsSendWarns() {
        String refusal = rules("deny tcp 22 0.0.0.0/0 any 0.0.0.0/0 in");

        assertThat(jarvis(new FirewallLetsIn(), ON + refusal + NEEDED).verdict())
                .isEqualTo(WARN);
    }

    @Test
    void withoutAFirewallThereIsNothingToOpen() {
        assertThat(jarvis(new FirewallLetsIn(), SETTINGS).verdict()).isEqualTo(NOT_APPLICABLE);
        assertThat(jarvis(new FirewallKeepsOut(), SETTINGS).verdict()).isEqualTo(NOT_APPLICABLE);
    }

    @Test
    void openingsToTheLanAloneKeepStrangersOut() {
        assertThat(jarvis(new FirewallKeepsOut(), ON + NEEDED).verdict()).isEqualTo(PASS);
    }

    @Test
    void theTunnelOpenToEverybodyFailsAndTheApiWarns() {
        assertThat(jarvis(new FirewallKeepsOut(), ON + NEEDED + rules("allow udp 8472 0.0.0.0/0 any 0.0.0.0/0 in"))
                        .verdict())
                .isEqualTo(FAIL);
        assertThat(jarvis(new FirewallKeepsOut(), ON + rules("allow tcp 6443 ::/0 any ::/0 in")))
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(WARN);
                    assertThat(finding.evidence()).containsExactly("6443/tcp by IPv6: allow 6443/tcp from anywhere");
                });
    }

    private static Finding blocked(String lines, String ufw) {
        return new FirewallBlocks()
                .judge(Houses.twoPis()
                        .answers("jarvis", Blocked.PROBE, lines)
                        .answers("jarvis", Ufw.PROBE, ufw)
                        .house())
                .get(0);
    }

    @Test
    void aRefusedPacketOfTheClusterWarnsAndManyFail() {
        assertThat(blocked("49 1795339167.1 1795339267.1 10.42.1.7 10.0.1.10 TCP 9100\n", ON))
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(WARN);
                    assertThat(finding.since()).isPresent();
                    assertThat(finding.evidence()).containsExactly("49 times 10.42.1.7 -> 10.0.1.10 9100/tcp");
                });
        assertThat(blocked("50 1795339167.1 1795339267.1 10.42.1.7 10.0.1.10 TCP 9100\n", ON)
                        .verdict())
                .isEqualTo(FAIL);
    }

    @Test
    void oneRefusedPacketToANeededPortFails() {
        assertThat(blocked("1 1795339167.1 1795339267.1 10.0.1.11 10.0.1.10 UDP 8472\n", ON)
                        .verdict())
                .isEqualTo(FAIL);
    }

    @Test
    void whatTheRulesLetInTodayIsPast() {
        assertThat(blocked("90 1795339167.1 1795339267.1 10.0.1.11 10.0.1.10 UDP 8472\n", ON + NEEDED)
                        .verdict())
                .isEqualTo(PASS);
    }

    @Test
    void whatWasLastRefusedBeforeTheTimeAskedForIsLeftOut() {
        Houses houses = Houses.twoPis()
                .answers("jarvis", Ufw.PROBE, ON)
                .answers("jarvis", Blocked.PROBE, "90 1795300000 1795318000 10.0.1.11 10.0.1.10 UDP 8472\n");

        assertThat(verdict(houses, Duration.ofHours(1))).isEqualTo(PASS);
        assertThat(verdict(houses, Duration.ofHours(2))).isEqualTo(FAIL);
    }

    private static Verdict verdict(Houses houses, Duration window) {
        Cluster cluster = Clusters.twoPis();
        return Checkup.of(cluster, houses.snapshot(), List.of(new FirewallBlocks()), Optional.of(window))
                .findings()
                .stream()
                .filter(finding -> finding.subject().equals("jarvis"))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void strangersAndBroadcastsThatWereRefusedAreTheFirewallsWork() {
        String lines =
                "900 1795339167.1 1795339267.1 10.0.1.77 10.0.1.10 TCP 22\n3 1795339167.1 1795339267.1 10.0.1.11 224.0.0.251 UDP 5353\nodd line\n";

        assertThat(blocked(lines, ON).verdict()).isEqualTo(PASS);
    }
}
