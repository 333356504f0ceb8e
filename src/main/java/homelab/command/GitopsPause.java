package homelab.command;

import homelab.gitops.Application;
import homelab.gitops.Pause;
import homelab.kube.KubeApi;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Tells Argo CD to leave Applications alone, or no longer to; what was said when stays with each of them. */
final class GitopsPause {
    private static final String APPLICATIONS = "argoproj.io/v1alpha1/applications";

    private final KubeApi api;

    GitopsPause(KubeApi api) {
        this.api = api;
    }

    /** A line for each. @param until a reminder: nothing lifts a pause by itself */
    String pause(List<Application> applications, String reason, Instant now, Optional<Duration> until) {
        Instant since = now.truncatedTo(ChronoUnit.SECONDS);
        Pause pause = new Pause(true, reason, Optional.of(since), until.map(since::plus));
        StringBuilder text = new StringBuilder();
        for (Application application : applications) {
            annotate(application, pause);
            text.append(application.name()).append(": paused; Argo CD neither compares nor syncs it\n");
        }
        String end = pause.until()
                .map(time ->
                        "nothing lifts it by itself: after " + time + " homelab gitops status names it as overdue\n")
                .orElse("it stays so until homelab gitops resume\n");
        return text.append(end).toString();
    }

    /** @param all whether those that somebody else paused are left out */
    String resume(List<Application> applications, boolean all) {
        StringBuilder text = new StringBuilder();
        for (Application application : applications) {
            Pause pause = Pause.of(application);
            boolean others = pause.on() && pause.since().isEmpty();
            if (!pause.on()) {
                text.append(all ? "" : application.name() + ": was not paused\n");
            } else if (others && all) {
                text.append(application.name())
                        .append(": left as it is, homelab did not pause it; name it to resume it\n");
            } else {
                annotate(application, Pause.none());
                text.append(application.name()).append(": resumed\n");
            }
        }
        return text.isEmpty() ? "nothing was paused\n" : text.toString();
    }

    private void annotate(Application application, Pause pause) {
        api.annotate(APPLICATIONS, application.namespace(), application.name(), pause.notes());
    }
}
