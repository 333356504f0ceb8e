package homelab.run;

import homelab.resource.Change;
import homelab.resource.Status;
import java.util.stream.Collectors;

/** What is not as it should be, in words. */
final class Difference {
    private Difference() {}

    /** What still differs, in one line. */
    static String of(Status status) {
        if (status instanceof Status.Drift drift) {
            return drift.changes().stream().map(Difference::told).distinct().collect(Collectors.joining("; "));
        }
        if (status instanceof Status.Unknown unknown) {
            return unknown.why();
        }
        if (status instanceof Status.Refused refused) {
            return refused.problem().why();
        }
        return status instanceof Status.Waits waits ? waits.until() : "";
    }

    private static String told(Change change) {
        return change.what() + " is " + change.before() + ", should be " + change.after();
    }
}
