package homelab.resource.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.resource.LocalSh;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import org.junit.jupiter.api.Test;

/** How the steps of a move stand, by what the server says of its data. */
class MovedToEtcdTest {
    private static final String BEFORE = "sqlite yes\nactive active\nbytes 7700000\nfree 4000000\n";
    private static final String HALF =
            "sqlite yes\netcd yes\nguarded yes\nlisted yes\nactive activating\nbytes 1\nfree 4\n";
    private static final String MOVED = "etcd yes\nguarded yes\nlisted yes\nactive active\nbytes 0\nfree 4000000\n";
    private static final String OVER = "etcd yes\nactive active\nbytes 0\nfree 4000000\n";

    private static Status status(Resource resource, String said) {
        return resource.status(
                LocalSh.answering(resource, resource.probes().get(0).id(), said));
    }

    @Test
    void dataInSqliteAreToBeMoved() {
        assertThat(status(new MovedToEtcd(), BEFORE))
                .isEqualTo(Status.drift(
                        Worst.RESTART,
                        "data of k3s",
                        "in SQLite, 7.7 MB",
                        "in etcd, with a copy in /var/lib/homelab/sqlite"));
        assertThat(status(new ObjectsListed(), BEFORE)).isInstanceOf(Status.Drift.class);
        assertThat(status(new ObjectsListed(), BEFORE + "listed yes\n")).isEqualTo(Status.SAME);
        assertThat(status(new MoveOver(), BEFORE)).isEqualTo(Status.SAME);
    }

    @Test
    void aHalfOfThemInEtcdIsNoMove() {
        assertThat(status(new MovedToEtcd(), HALF)).isInstanceOf(Status.Drift.class);
        assertThat(status(new ObjectsListed(), HALF))
                .as("what is in the half would be no list")
                .isEqualTo(Status.SAME);
    }

    @Test
    void movedDataAreStillToBeLookedThrough() {
        assertThat(status(new MovedToEtcd(), MOVED)).isEqualTo(Status.SAME);
        assertThat(status(new MovedToEtcd(), MOVED.replace("active active", "active failed")))
                .isEqualTo(Status.drift(Worst.START, "service k3s", "failed", "active"));
        assertThat(status(new MoveOver(), MOVED)).isInstanceOf(Status.Drift.class);
        assertThat(status(new MoveOver(), OVER)).isEqualTo(Status.SAME);
    }

    @Test
    void objectsThatAreGoneAreNamed() {
        assertThat(status(new ObjectsThere(), "312 0\n\n")).isEqualTo(Status.SAME);
        assertThat(status(new ObjectsThere(), "312 2\nConfigMap default a\nSecret default b\n"))
                .isEqualTo(Status.drift(
                        Worst.WAIT,
                        "objects of before",
                        "2 of 312 missing (ConfigMap default a, Secret default b)",
                        "all there"));
    }

    @Test
    void withoutAWordFromSystemdNothingIsKnown() {
        assertThat(status(new MovedToEtcd(), "sqlite yes\nactive \n")).isInstanceOf(Status.Unknown.class);
    }
}
