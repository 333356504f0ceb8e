package homelab.resource.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.resource.LocalSh;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.snapshot.Taken;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a server is on its way, as it wrote it down itself. */
class RestoreTest {
    private static final Taken BEFORE =
            new Taken("before-jarvis-1", new NodeName("jarvis"), "/snapshots", 1056, Instant.EPOCH, Optional.empty());

    private static final Resource STOPPED = new StoppedForRestore(BEFORE.name());
    private static final Resource ASIDE = new SetAside(BEFORE.name());
    private static final Resource RESTORED = new RestoredServer(BEFORE);

    private static boolean done(Resource resource, String said) {
        return resource.status(LocalSh.answering(resource, RestoreStage.PROBE.id(), said.replace('|', '\n')))
                .equals(Status.SAME);
    }

    @ParameterizedTest
    @CsvSource({
        "active,                             false, false, false",
        "inactive,                           false, false, false", // stopped, and not for this
        "active|before-jarvis-1|stopped,     false, false, false", // somebody started it again
        "inactive|before-jarvis-1|stopped,   true,  false, false",
        "failed|before-jarvis-1|stopped,     true,  false, false",
        "inactive|before-jarvis-1|aside,     true,  true,  false",
        "inactive|before-jarvis-1|restored,  true,  false, true",
        "active|before-jarvis-1|restored,    true,  false, true", // already coming up with the new data
        "inactive|another-jarvis-2|restored, false, false, false"
    })
    void aRunThatWasCutOffIsGoneOnWithWhereItWas(String said, boolean stopped, boolean aside, boolean restored) {
        assertThat(done(STOPPED, said)).isEqualTo(stopped);
        assertThat(done(ASIDE, said)).isEqualTo(aside);
        assertThat(done(RESTORED, said)).isEqualTo(restored);
    }

    @Test
    void theTokenOfThenIsTakenFromBesideTheSnapshotAndNoOther() {
        Resource then = new TokenOfThen(BEFORE.name(), "b".repeat(64));
        assertThat(tokens(then, "b".repeat(64) + "\n" + "a".repeat(64))).isEqualTo(Status.SAME);
        assertThat(tokens(then, "a".repeat(64) + "\n" + "b".repeat(64))).isInstanceOf(Status.Drift.class);
        assertThat(tokens(then, "a".repeat(64) + "\n" + "c".repeat(64))).isInstanceOf(Status.Refused.class);
        assertThat(tokens(then, "a".repeat(64) + "\nnone")).isInstanceOf(Status.Refused.class);
        assertThat(tokens(then, "")).isInstanceOf(Status.Unknown.class);
    }

    private static Status tokens(Resource then, String sums) {
        return then.status(LocalSh.answering(then, "tokens of before-jarvis-1", sums));
    }

    @Test
    void itIsOverWhenNoServerIsOnAWay() {
        assertThat(done(new RestoreOver(), "active")).isTrue();
        assertThat(done(new RestoreOver(), "active|before-jarvis-1|restored")).isFalse();
    }

    @Test
    void aHostWhoseSystemdDoesNotAnswerIsNotKnown() {
        assertThat(STOPPED.status(LocalSh.answering(STOPPED, RestoreStage.PROBE.id(), "")))
                .isInstanceOf(Status.Unknown.class);
    }
}
