package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import java.time.Duration;

/** Syncs of Argo CD that do not come to an end. */
final class Operations {
    static final String TERMINATE = "argocd app terminate-op %s";
    private static final Duration LONG = Duration.ofMinutes(15);

    private Operations() {}

    static boolean isEndless(House house, Item application) {
        return application.is("status.operationState.phase", "Running")
                && application
                        .time("status.operationState.startedAt")
                        .map(at -> Duration.between(at, house.now()).compareTo(LONG) > 0)
                        .orElse(false);
    }
}
