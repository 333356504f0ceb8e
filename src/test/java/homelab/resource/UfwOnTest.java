package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Cidr;
import homelab.model.Ip;
import homelab.model.NodeName;
import homelab.probe.Readings;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UfwOnTest {
    private static final String OFF =
            "DEFAULT_INPUT_POLICY=DROP\nDEFAULT_OUTPUT_POLICY=ACCEPT\nDEFAULT_FORWARD_POLICY=DROP\n";
    private static final String ON =
            OFF.replace("FORWARD_POLICY=DROP", "FORWARD_POLICY=ACCEPT") + "ENABLED=yes\nLOADED=yes\n";
    private static final List<UfwRule> WANTED = List.of(UfwCapture.SSH_RULE);

    private static final UfwOn UFW_ON = new UfwOn(WANTED, new UfwGuard(new NodeName("jarvis"), 22));
    private static final String OURS = session("10.0.1.50");

    private static String session(String peer) {
        return "0      0        10.0.1.10:22       " + peer + ":51514\n";
    }

    private static Status status(String state, String rules, String peers) {
        Readings readings = LocalSh.answering(UFW_ON, "ufw state", state)
                .and(LocalSh.answering(UFW_ON, "ufw rules", rules))
                .and(LocalSh.answering(UFW_ON, "ssh peers:22", peers));
        return UFW_ON.status(readings);
    }

    @Test
    void isSameWhenItWorksAndWillAfterABoot() {
        assertThat(status(ON, UfwCapture.SSH, OURS)).isEqualTo(Status.SAME);
    }

    @Test
    void isSwitchedOnWithRoutedTrafficLetThrough() {
        assertThat(status(OFF, UfwCapture.SSH, OURS))
                .isEqualTo(new Status.Drift(
                        List.of(
                                new Change("firewall default for routed", "DROP", "ACCEPT"),
                                new Change("firewall at boot", "off", "on"),
                                new Change("firewall now", "off", "on")),
                        Worst.START));
    }

    @Test
    void isShownEntirelyWhereUfwIsNotInstalledYet() {
        assertThat(((Status.Drift) status("", "", OURS)).changes())
                .hasSize(5)
                .contains(new Change("firewall default for incoming", "absent", "DROP"));
    }

    @Test
    void rulesThatWereFlushedBehindItsBackAreSeen() {
        assertThat(status(ON.replace("LOADED=yes\n", ""), UfwCapture.SSH, OURS))
                .isEqualTo(Status.drift(Worst.START, "firewall now", "off", "on"));
    }

    @Test
    void isRefusedWhenItWouldShutOutASession() {
        Status status = status(OFF, UfwCapture.SSH, OURS + session("192.168.7.5"));
        assertThat(status).isInstanceOfSatisfying(Status.Refused.class, refused -> {
            assertThat(refused.problem().what())
                    .isEqualTo("jarvis: the firewall would shut out an SSH session that is open now");
            assertThat(refused.problem().why()).contains("192.168.7.5", "port 22");
            assertThat(refused.problem().fix()).contains("network.sources");
        });
    }

    @Test
    void readsPeersWhoseAddressIsOfTheNewKind() {
        String mapped = "0      0      [::ffff:10.0.1.10]:22    [::ffff:192.168.7.5]:40000\n";
        assertThat(status(OFF, "", OURS)).isInstanceOf(Status.Drift.class);
        assertThat(status(OFF, "", OURS + mapped).toString()).contains("192.168.7.5");
        assertThat(status(OFF, "", "0 0 [fe80::1%eth0]:22 [fe80::2%eth0]:40000\n"))
                .isInstanceOf(Status.Refused.class);
    }

    @Test
    void isUnknownWhenItIsNotKnownWhomItWouldShutOut() {
        Readings readings = LocalSh.answering(UFW_ON, "ufw state", OFF).and(LocalSh.answering(UFW_ON, "ufw rules", ""));
        assertThat(UFW_ON.status(readings)).isInstanceOf(Status.Unknown.class);
    }

    private static boolean admits(String peer, String... rules) {
        List<UfwRule> held = Stream.of(rules)
                .map(rule -> UfwRule.parse("### tuple ### " + rule))
                .toList();
        return UFW_ON.guard().admits(held, Ip.parse(peer));
    }

    @Test
    void theFirstRuleThatSpeaksOfTheTrafficDecides() {
        String allow = "allow tcp 22 0.0.0.0/0 any 10.0.1.0/24 in";
        assertThat(admits("10.0.1.66", allow)).isTrue();
        assertThat(admits("10.0.1.66", "deny any any 0.0.0.0/0 any 10.0.1.66 in", allow))
                .isFalse();
        assertThat(admits("10.0.1.66", allow, "deny any any 0.0.0.0/0 any 10.0.1.66 in"))
                .isTrue();
        assertThat(admits("10.0.1.66", "deny udp any 0.0.0.0/0 any 10.0.1.66 in", allow))
                .isTrue();
        assertThat(admits("10.0.1.66", "deny any 25 0.0.0.0/0 any 0.0.0.0/0 out", allow))
                .isTrue();
        assertThat(admits("10.0.1.66", "limit tcp 20:23,80 0.0.0.0/0 any 0.0.0.0/0 in"))
                .isTrue();
        assertThat(admits("10.0.1.66", "allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 OpenSSH - in"))
                .isTrue();
        assertThat(admits("10.0.1.66", "allow tcp 23 0.0.0.0/0 any 0.0.0.0/0 in"))
                .isFalse();
        assertThat(admits("10.0.1.66", "allow tcp 22 ::/0 any ::/0 in")).isFalse();
        assertThat(admits("10.0.1.66", "route:allow any any 0.0.0.0/0 any 0.0.0.0/0 in"))
                .isFalse();
    }

    @Test
    void aRuleOfOneInterfaceCountsOnlyWhenItForbids() {
        assertThat(admits("10.0.1.66", "allow tcp 22 0.0.0.0/0 any 10.0.1.0/24 in_eth0"))
                .isFalse();
        assertThat(admits(
                        "10.0.1.66",
                        "deny tcp 22 0.0.0.0/0 any 10.0.1.66 in_eth0",
                        "allow any any 0.0.0.0/0 any 0.0.0.0/0 in"))
                .isFalse();
    }

    @Test
    void aRuleOfOursThatGoesDoesNotSaveTheSession() {
        UfwRule other = UfwRule.allow("tcp", "22", Cidr.parse("192.168.7.0/24"), "old source");
        String held = UfwCapture.SSH + "### tuple ### " + other.tuple() + " comment=686f6d656c61623a206f6c64\n";
        UfwStale stale = new UfwStale(WANTED, UFW_ON.guard());
        Readings readings = LocalSh.answering(stale, "ufw rules", held)
                .and(LocalSh.answering(stale, "ssh peers:22", session("192.168.7.5")));
        assertThat(stale.status(readings)).isInstanceOf(Status.Refused.class);
    }
}
