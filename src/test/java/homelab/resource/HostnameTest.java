package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostnameTest {
    private static final Hostname NAME = new Hostname(new NodeName("jarvis"));

    private static Status when(String out) {
        return NAME.status(LocalSh.answering(NAME, "host names", out));
    }

    @Test
    void isSameNowAndAtBoot() {
        assertThat(when("jarvis\njarvis\n")).isEqualTo(Status.SAME);
    }

    @Test
    void showsTheNameNowAndTheNameAtBoot() {
        assertThat(when("raspberrypi\n\n"))
                .isEqualTo(new Status.Drift(
                        List.of(
                                new Change("host name", "raspberrypi", "jarvis"),
                                new Change("/etc/hostname", "absent", "jarvis")),
                        Worst.CHANGE));
    }

    @Test
    void showsANameThatWouldChangeAtTheNextBoot() {
        assertThat(when("jarvis\nraspberrypi\n"))
                .isEqualTo(Status.drift(Worst.CHANGE, "/etc/hostname", "raspberrypi", "jarvis"));
    }
}
