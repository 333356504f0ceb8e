package homelab.resource.longhorn;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.LocalSh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackupTargetTest {
    private static final BackupTarget TARGET =
            new BackupTarget("longhorn-system", "s3://home@eu/", "homelab-backup-target");

    @Test
    void isWellWhenLonghornReachesIt() {
        assertThat(status("s3://home@eu/", true, "")).isEqualTo(Status.SAME);
    }

    @Test
    void tellsWhyLonghornDoesNotReachIt() {
        assertThat(status("s3://home@eu/", false, "NoSuchBucket"))
                .isEqualTo(Status.drift(
                        Worst.CHANGE, "backup target of Longhorn", "unavailable: NoSuchBucket", "available"));
    }

    @Test
    void mendsWhatWasChangedByHand() {
        assertThat(status("nfs://nas:/b", true, ""))
                .isEqualTo(new Status.Drift(
                        List.of(new Change("address of the backup target", "nfs://nas:/b", "s3://home@eu/")),
                        Worst.CHANGE));
        assertThat(((Deed.Shell) TARGET.deed()).script())
                .contains("\"backupTargetURL\":\"s3://home@eu/\",\"credentialSecret\":\"homelab-backup-target\"");
    }

    @Test
    void waitsForLonghorn() {
        assertThat(TARGET.status(LocalSh.answering(TARGET, "longhorn:backuptarget", "{\"kind\":\"Status\"}")))
                .isInstanceOf(Status.Waits.class);
    }

    private static Status status(String url, boolean available, String why) {
        return TARGET.status(LocalSh.answering(TARGET, "longhorn:backuptarget", """
                {"kind":"BackupTarget","spec":{"backupTargetURL":"%s","credentialSecret":"homelab-backup-target"},
                "status":{"available":%s,"conditions":[{"type":"Unavailable","message":"%s"}]}}
                """.formatted(url, available, why)));
    }
}
