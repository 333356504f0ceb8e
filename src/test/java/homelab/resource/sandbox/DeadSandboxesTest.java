package homelab.resource.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.recovery.Evidence;
import homelab.recovery.EvidenceReader;
import homelab.recovery.Wish;
import homelab.resource.Status;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeadSandboxesTest {
    private static final String DEAD = "s dead default web-0 u-1 1 notready 1700000100 -\n";
    private static final String POD = "p u-1 default web-0 Running Always - 700 - - -\n";
    private static final String SEEN = "ok s\nok c\nok t\nok b\nok h\nok k\nok p\nend\n";

    private static Status status(String evidence) {
        DeadSandboxes resource = new DeadSandboxes(Set.of("remove dead"), Wish.NONE);
        Probe<?> probe = resource.probes().get(0);
        Evidence read = EvidenceReader.read("homelab-evidence 1\nkubelet 900\n" + evidence);
        return resource.status(new Readings(Map.of(probe.id(), new Reading.Known<>(read))));
    }

    @Test
    void isDoneWhenItIsGone() {
        assertThat(status(POD + SEEN)).isInstanceOf(Status.Same.class);
        assertThat(status(DEAD + POD + SEEN)).isInstanceOf(Status.Drift.class);
    }

    @Test
    void isNotDoneWhenItIsThereAndOnlyNoLongerToBeRemoved() {
        assertThat(status(DEAD + POD + "b dead\n" + SEEN))
                .isInstanceOfSatisfying(
                        Status.Drift.class,
                        drift -> assertThat(drift.changes().get(0).before()).contains("may still run"));
    }

    @Test
    void isDoneWhenItsPodHasStartedMeanwhileAndItIsKeptAsAnyEarlierStart() {
        String now = "s new default web-0 u-1 2 ready 1700000200 -\n";
        String ready = POD.replace(" 700 ", " 0 ");

        assertThat(status(DEAD + now + ready + SEEN)).isInstanceOf(Status.Same.class);
    }

    @Test
    void isUnknownWhenContainerdDoesNotTell() {
        assertThat(status(POD + SEEN.replace("ok s\n", ""))).isInstanceOf(Status.Unknown.class);
    }
}
