package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.model.Cidr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UfwRuleTest {

    @Test
    void isWhatUfwWritesForTheSameWords() {
        assertThat(UfwRule.parse(UfwCapture.SSH.strip())).isEqualTo(UfwCapture.SSH_RULE);
        assertThat(UfwRule.parse(UfwCapture.ETCD.strip())).isEqualTo(UfwCapture.ETCD_RULE);
        assertThat(UfwRule.parse(UfwCapture.PODS.strip())).isEqualTo(UfwCapture.PODS_RULE);
    }

    @ParameterizedTest
    @CsvSource({
        "fd00:1:0:0:2:0:0:0/80, fd00:1:0:0:2::/80",
        "fd00:0:0:1:0:0:0:5/128, fd00:0:0:1::5",
        "::/0, ::/0",
        "::1/128, ::1",
        "2001:db8::/32, 2001:db8::/32",
        "1:0:2:3:4:5:6:7/128, 1:0:2:3:4:5:6:7",
        "0.0.0.0/0, 0.0.0.0/0",
        "10.0.1.10/32, 10.0.1.10"
    })
    void spellsNetworksAsUfwDoes(String network, String spelt) {
        assertThat(UfwRule.allow("tcp", "443", Cidr.parse(network), "x").source())
                .isEqualTo(spelt);
    }

    @Test
    void readsACommentThatIsNotAscii() {
        UfwRule rule = UfwRule.parse(
                "### tuple ### allow tcp 443 0.0.0.0/0 any 0.0.0.0/0 in comment=686f6d656c61623a2066c3bc7220616c6c65");
        assertThat(rule.comment()).isEqualTo("homelab: für alle");
        assertThat(rule.ours()).isTrue();
    }

    @Test
    void isToldInOneLine() {
        assertThat(UfwCapture.SSH_RULE.text()).isEqualTo("allow 22/tcp from 10.0.1.0/24 (homelab: SSH from the LAN)");
        assertThat(UfwCapture.PODS_RULE.text()).isEqualTo("allow everything from 10.42.0.0/16 (homelab: pods)");
        assertThat(UfwCapture.FOREIGN.lines().map(UfwRule::parse).map(UfwRule::text))
                .startsWith(
                        "allow 22/tcp from anywhere",
                        "allow 80/tcp from anywhere",
                        "deny 22/tcp from 10.0.1.66 in eth0",
                        "limit 2222/tcp from anywhere (lim)")
                .contains("deny 25 from anywhere out", "reject 99/udp to 10.0.1.1 from 10.9.9.9");
    }

    @Test
    void isOursOnlyWithOurCommentAndAShapeThatWeMake() {
        assertThat(UfwCapture.SSH_RULE.ours()).isTrue();
        assertThat(UfwRule.parse(
                                "### tuple ### deny tcp 22 0.0.0.0/0 any 10.0.1.66 in_eth0 comment=686f6d656c61623a2078")
                        .ours())
                .isFalse();
        assertThat(UfwCapture.FOREIGN.lines().map(UfwRule::parse).filter(UfwRule::ours))
                .isEmpty();
    }

    @Test
    void aLineThatIsNoRuleIsNotGuessedAt() {
        assertThatThrownBy(() -> UfwRule.parse("### tuple ### allow tcp 22")).hasMessageContaining("not a rule of UFW");
    }
}
