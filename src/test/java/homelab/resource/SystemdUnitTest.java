package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SystemdUnitTest {
    private static final SystemdUnit UNIT = SystemdUnit.running("iscsid");

    private static Status when(String out) {
        return UNIT.status(LocalSh.answering(UNIT, "unit:iscsid", out));
    }

    @Test
    void isSameWhenItRunsAndStartsAtBoot() {
        assertThat(when("LoadState=loaded\nActiveState=active\nUnitFileState=enabled\n"))
                .isEqualTo(Status.SAME);
        assertThat(when("LoadState=loaded\nActiveState=active\nUnitFileState=static\n"))
                .isEqualTo(Status.SAME);
    }

    @Test
    void startsWhatIsStopped() {
        assertThat(when("LoadState=loaded\nActiveState=failed\nUnitFileState=enabled\n"))
                .isEqualTo(Status.drift(Worst.START, "unit iscsid", "failed", "active"));
    }

    @Test
    void enablesWhatRunsButWouldNotComeBackAfterABoot() {
        assertThat(when("LoadState=loaded\nActiveState=active\nUnitFileState=disabled\n"))
                .isEqualTo(Status.drift(Worst.CHANGE, "unit iscsid at boot", "disabled", "enabled"));
    }

    @Test
    void saysThatAUnitIsAbsent() {
        assertThat(when("LoadState=not-found\nActiveState=inactive\nUnitFileState=\n")
                        .toString())
                .contains("before=absent", "before=inactive");
    }

    @Test
    void isUnknownWithoutSystemd() {
        assertThat(when("System has not been booted with systemd as init system (PID 1). Can't operate.\n"))
                .isInstanceOf(Status.Unknown.class);
    }
}
