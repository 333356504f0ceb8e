package homelab.resource.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.resource.LocalSh;
import homelab.resource.Status;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SavedSnapshotTest {
    private static final String OLD = "file 1000 10 weekly-jarvis-1\ncluster home\n";
    private static final String NEW = "file 2000 10 weekly-jarvis-2\n";

    private static Status status(String said) {
        SavedSnapshot saved =
                new SavedSnapshot("home", new NodeName("jarvis"), "weekly", "/snapshots", Set.of("weekly-jarvis-1"));
        return saved.status(LocalSh.answering(saved, saved.probes().get(0).id(), said));
    }

    @Test
    void oneOfTheSameNameFromBeforeIsNotTheOneThatIsWanted() {
        assertThat(status(OLD)).isInstanceOf(Status.Drift.class);
        assertThat(status(OLD + NEW + "cluster home\n")).isEqualTo(Status.SAME);
    }

    @Test
    void withoutItsTokenItIsNotWhole() {
        assertThat(status(OLD + NEW)).isInstanceOf(Status.Drift.class);
    }
}
