package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UfwBeforeTest {
    private static final String SSH = "rule " + UfwCapture.SSH.substring("### tuple ### ".length());

    private static Status status(String told) {
        UfwBefore before = new UfwBefore();
        return before.status(LocalSh.answering(before, "ufw before", told));
    }

    @Test
    void isNotThereWhereNothingWasKept() {
        assertThat(status("none\n")).isInstanceOf(Status.NotHere.class);
    }

    @Test
    void isSameWhenItWasGoneBackTo() {
        assertThat(status("run one\nat boot: no\n" + SSH + "===\nrun \nat boot: no\n" + SSH))
                .isEqualTo(Status.SAME);
    }

    @Test
    void showsEachRuleAndEachSettingThatWouldChange() {
        Status status = status("run one\nincoming DROP\nat boot no\n===\nrun \nincoming DROP\nat boot yes\n" + SSH);
        assertThat(status)
                .isInstanceOfSatisfying(
                        Status.Drift.class,
                        drift -> assertThat(drift.changes())
                                .containsExactlyInAnyOrder(
                                        new Change("firewall at boot", "yes", "no"),
                                        new Change(
                                                "firewall",
                                                "allow 22/tcp from 10.0.1.0/24 (homelab: SSH from the LAN)",
                                                "absent")));
    }
}
