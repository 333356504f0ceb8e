package homelab.resource.helm;

import homelab.model.ChartRelease;
import homelab.problem.Problem;
import homelab.resource.Status;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** When a release is not touched, and whose it is then. */
record Guards(ChartRelease wanted, ClusterLook cluster, ReleaseLook look, boolean adopt) {
    /** Helm's own limit for what it waits for is 5 min: something that is pending for longer works no more. */
    private static final long DEAD_AFTER_SECONDS = 600;

    Optional<Status> refusal() {
        return terminating()
                .or(this::helmChart)
                .or(this::application)
                .or(this::otherChart)
                .or(this::older)
                .or(this::uninstalling)
                .or(this::atWork)
                .map(Status.Refused::new);
    }

    private Optional<Problem> terminating() {
        return cluster.terminating(wanted.namespace())
                .map(why -> Problem.of(
                        title() + ": the namespace " + wanted.namespace() + " is being deleted",
                        why,
                        "wait for it to end, or mend what holds it: kubectl get namespace " + wanted.namespace()
                                + " -o yaml names each finalizer; none is removed by force"));
    }

    private Optional<Problem> helmChart() {
        return cluster.helmChart(wanted.namespace(), wanted.name())
                .filter(chart -> !adopt)
                .map(chart -> Problem.of(
                        title() + ": belongs to the HelmChart " + chart,
                        "k3s's helm-controller makes this release from it, and two hands on one release would fight",
                        "leave it out of the inventory, or take it over: homelab addons apply " + wanted.name()
                                + " --adopt (the controller is told to leave it alone; nothing is uninstalled)"));
    }

    private Optional<Problem> application() {
        return cluster.application(wanted.namespace(), wanted.chart().name())
                .map(app -> Problem.of(
                        title() + ": belongs to the Application " + app + " of Argo CD",
                        "it renders the chart " + wanted.chart().name() + " into " + wanted.namespace()
                                + ", and two hands on one release would fight",
                        "leave it out of the inventory, or take the Application out of its repository first"));
    }

    private Optional<Problem> otherChart() {
        return look.newest()
                .filter(newest -> !newest.chart().equals(wanted.chart().name()))
                .map(newest -> Problem.of(
                        title() + ": is a release of another chart",
                        "it is of " + newest.chart() + " " + newest.version() + ", and the inventory says "
                                + wanted.chart().name(),
                        "give the release of the inventory another name"));
    }

    private Optional<Problem> older() {
        return look.newest()
                .filter(newest -> ChartVersion.older(wanted.chart().version(), newest.version()))
                .map(newest -> Problem.of(
                        title() + ": would go back from " + newest.version() + " to "
                                + wanted.chart().version(),
                        "what a newer version has made of its data, an older one need not understand",
                        "write version: " + newest.version() + " or newer in the inventory"));
    }

    private Optional<Problem> uninstalling() {
        return look.newest()
                .filter(newest -> newest.status().equals("uninstalling"))
                .map(newest -> Problem.of(
                        title() + ": is being uninstalled",
                        "somebody began it at " + newest.since() + " (" + newest.description() + ")",
                        "see what is left: helm status -n " + wanted.namespace() + " " + wanted.name()
                                + "; bring that to its end, or leave the release out of the inventory"));
    }

    private Optional<Problem> atWork() {
        return look.newest()
                .filter(Revision::pending)
                .filter(newest -> !interrupted(newest))
                .map(newest -> Problem.of(
                        title() + ": somebody's Helm works on it",
                        "it is " + newest.status() + " since " + newest.since(),
                        "wait for it to end; after 10 min it counts as interrupted and is mended"));
    }

    /** By a run of ours that is over, since one that goes on holds the lock; or so long ago that nobody works on it. */
    private boolean interrupted(Revision pending) {
        boolean ours = !look.ourRun().isEmpty()
                && look.ourRun().equals(pending.labels().getOrDefault(Revision.RUN_LABEL, ""));
        return ours || look.now() - seconds(pending.since()) > DEAD_AFTER_SECONDS;
    }

    private long seconds(String time) {
        try {
            return OffsetDateTime.parse(time).toEpochSecond();
        } catch (DateTimeParseException e) {
            return Instant.MAX.getEpochSecond() / 2;
        }
    }

    private String title() {
        return "release " + wanted.title();
    }
}
