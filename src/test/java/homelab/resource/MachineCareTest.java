package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Readings;
import org.junit.jupiter.api.Test;

/** The clock and the swap: what a machine of its own keeps and a container has from outside. */
class MachineCareTest {
    private static Status time(String out, boolean container) {
        TimeSync time = new TimeSync();
        return time.status(LocalSh.answering(time, "time service", out).and(Fixtures.container(container)));
    }

    private static Status swap(String out, boolean container) {
        SwapOffCard swap = new SwapOffCard();
        return swap.status(LocalSh.answering(swap, "swap on a card", out).and(Fixtures.container(container)));
    }

    @Test
    void anyTimeServiceWillDo() {
        assertThat(time("chrony\n", false)).isEqualTo(Status.SAME);
    }

    @Test
    void aClockThatNobodyKeepsIsGivenAService() {
        assertThat(time("", false)).isInstanceOf(Status.Drift.class);
    }

    @Test
    void aContainersClockIsItsMachines() {
        assertThat(time("", true)).isInstanceOf(Status.NotHere.class);
    }

    @Test
    void aSwapFileOnACardGoes() {
        assertThat(swap("/var/swap on /dev/mmcblk0p2\n", false))
                .isEqualTo(Status.drift(
                        Worst.DELETE, "swap file /var/swap on /dev/mmcblk0p2", "in use", "off and deleted"));
    }

    @Test
    void allOtherSwapStays() {
        assertThat(swap("", false)).isEqualTo(Status.SAME);
        assertThat(swap("/var/swap on /dev/mmcblk0p2\n", true)).isInstanceOf(Status.NotHere.class);
    }

    @Test
    void areUnknownWhenNotAsked() {
        assertThat(new TimeSync().status(Readings.NONE)).isInstanceOf(Status.Unknown.class);
        assertThat(new SwapOffCard().status(Readings.NONE)).isInstanceOf(Status.Unknown.class);
    }
}
