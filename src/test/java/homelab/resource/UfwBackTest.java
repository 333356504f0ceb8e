package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.probe.Readings;
import java.util.List;
import org.junit.jupiter.api.Test;

class UfwBackTest {
    private static final String OFF =
            "DEFAULT_INPUT_POLICY=DROP\nDEFAULT_OUTPUT_POLICY=ACCEPT\nDEFAULT_FORWARD_POLICY=DROP\n";
    private static final String ON =
            OFF.replace("FORWARD_POLICY=DROP", "FORWARD_POLICY=ACCEPT") + "ENABLED=yes\nLOADED=yes\n";
    private static final UfwBack BACK = new UfwBack(new UfwGuard(new NodeName("jarvis"), 22));
    private static final String MINE = "### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in\n";

    private static Status status(String state, String rules, String before) {
        Readings readings = LocalSh.answering(BACK, "ufw state", state)
                .and(LocalSh.answering(BACK, "ufw rules", rules))
                .and(LocalSh.answering(BACK, "ufw before homelab", before))
                .and(LocalSh.answering(BACK, "ssh peers:22", "0 0 10.0.1.10:22 192.168.7.5:51514\n"));
        return BACK.status(readings);
    }

    @Test
    void isOffAgainWhereItWasOff() {
        assertThat(status(ON, UfwCapture.SSH, OFF))
                .isEqualTo(new Status.Drift(
                        List.of(
                                new Change("firewall", "on", "off, as before homelab"),
                                new Change("firewall", "1 rules of homelab", "none"),
                                new Change("firewall default for routed", "ACCEPT", "DROP")),
                        Worst.DELETE));
    }

    @Test
    void staysOnWhereItWasOnAndOthersLetUsIn() {
        assertThat(status(ON, UfwCapture.SSH + MINE, OFF + "ENABLED=yes\n"))
                .isEqualTo(new Status.Drift(
                        List.of(
                                new Change("firewall", "1 rules of homelab", "none"),
                                new Change("firewall default for routed", "ACCEPT", "DROP")),
                        Worst.DELETE));
    }

    @Test
    void isRefusedWhereItWouldStayOnAndShutASessionOut() {
        assertThat(status(ON, UfwCapture.SSH, OFF + "ENABLED=yes\n"))
                .isInstanceOfSatisfying(Status.Refused.class, no -> {
                    assertThat(no.problem().why()).contains("192.168.7.5");
                    assertThat(no.problem().fix()).contains("sudo ufw allow from 192.168.7.5 to any port 22");
                });
    }

    @Test
    void withoutARecordTheRulesOfOthersKeepItOn() {
        assertThat(status(ON, UfwCapture.SSH + MINE, ""))
                .isEqualTo(Status.drift(Worst.DELETE, "firewall", "1 rules of homelab", "none"));
        assertThat(status(ON, UfwCapture.SSH, "").toString()).contains("off, as before homelab");
    }

    @Test
    void aFirewallThatHomelabNeverTouchedIsLeftAlone() {
        assertThat(status(ON, MINE, "")).isEqualTo(Status.SAME);
        assertThat(status("", "", "")).isEqualTo(Status.SAME);
    }
}
