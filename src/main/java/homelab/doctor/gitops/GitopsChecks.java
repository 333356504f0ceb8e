package homelab.doctor.gitops;

import homelab.doctor.Check;
import java.util.List;

/** The group GITOPS. */
public final class GitopsChecks {
    private GitopsChecks() {}

    public static List<Check> all() {
        return List.of(new SelfManaged(), new ObjectAsFile(), new RunsAsTold(), new SyncAndHealth());
    }
}
