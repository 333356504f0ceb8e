package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Cidr;
import homelab.model.NodeName;
import homelab.probe.Readings;
import java.util.List;
import org.junit.jupiter.api.Test;

class UfwSixTest {
    private static final UfwRule FOUR = UfwCapture.SSH_RULE;
    private static final UfwRule SIX = UfwRule.allow("tcp", "22", Cidr.parse("fd77::/64"), "SSH from a named source");
    private static final String STATE = "DEFAULT_INPUT_POLICY=DROP\nDEFAULT_OUTPUT_POLICY=ACCEPT\n"
            + "DEFAULT_FORWARD_POLICY=ACCEPT\nENABLED=yes\nLOADED=yes\n";

    private static Status six(String answer) {
        UfwSix six = new UfwSix();
        return six.status(LocalSh.answering(six, "ufw ipv6", answer));
    }

    @Test
    void isNeededByARuleOfIpv6Alone() {
        assertThat(UfwSix.isNeededBy(List.of(FOUR))).isFalse();
        assertThat(UfwSix.isNeededBy(List.of(FOUR, SIX))).isTrue();
    }

    @Test
    void isSwitchedOnWhereUfwDropsAllOfIt() {
        assertThat(six("IPV6=yes\n")).isEqualTo(Status.SAME);
        assertThat(six("")).isEqualTo(Status.drift(Worst.CHANGE, "IPV6 in /etc/default/ufw", "no", "yes"));
    }

    @Test
    void chainsOfIpv6ThatWereFlushedAreSeenWhereARuleNeedsThem() {
        assertThat(on(List.of(FOUR, SIX), "IPV6=yes\n"))
                .isEqualTo(Status.drift(Worst.CHANGE, "firewall now, for IPv6", "off", "on"));
        assertThat(on(List.of(FOUR, SIX), "IPV6=yes\nLOADED=yes\n")).isEqualTo(Status.SAME);
        assertThat(on(List.of(FOUR), "")).isEqualTo(Status.SAME);
    }

    private static Status on(List<UfwRule> wanted, String six) {
        UfwOn on = new UfwOn(wanted, new UfwGuard(new NodeName("jarvis"), 22));
        Readings readings = LocalSh.answering(on, "ufw state", STATE)
                .and(LocalSh.answering(on, "ufw rules", UfwCapture.SSH))
                .and(LocalSh.answering(on, "ssh peers:22", ""));
        return on.status(wanted.contains(SIX) ? readings.and(LocalSh.answering(on, "ufw ipv6", six)) : readings);
    }
}
