package homelab.resource.helm;

import homelab.model.ChartRelease;
import homelab.problem.Problem;
import homelab.resource.Change;
import homelab.resource.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What speaks against a chart and its values before anything is touched, by what the chart itself says. */
record Reservations(ChartRelease wanted, Rehearsal rehearsal) {

    Optional<Status> refusal() {
        return values().or(this::older).or(this::dropped).map(Status.Refused::new);
    }

    private Optional<Problem> values() {
        return rehearsal.faults().isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        title() + ": its values are not what the chart takes",
                        "by the schema of " + chart() + ": " + String.join("; ", rehearsal.faults()),
                        "correct the file under values; values.schema.json in the chart says what it takes"));
    }

    /** Of a release that was uninstalled the CRDs stay, and Helm does not say of which version they are. */
    private Optional<Problem> older() {
        return rehearsal.definitions().stream()
                .flatMap(crd -> crd
                        .newer(wanted.chart().name(), wanted.chart().version())
                        .map(newer -> Problem.of(
                                title() + ": its CRD " + crd.name() + " would go back from " + newer + " to "
                                        + wanted.chart().version(),
                                "what a newer version has made of its objects, an older one need not understand",
                                "write version: " + newer + " or newer in the inventory"))
                        .stream())
                .findFirst();
    }

    private Optional<Problem> dropped() {
        return rehearsal.definitions().stream()
                .filter(crd -> !crd.dropped().isEmpty())
                .map(this::dropped)
                .findFirst();
    }

    private Problem dropped(Definition crd) {
        String gone = String.join(", ", crd.dropped());
        Definition.Live live = crd.live().orElseThrow();
        String stay = crd.movable()
                ? live.storage()
                : crd.versions().get(crd.versions().size() - 1);
        String first = crd.movable()
                ? ""
                : "first install a version of the chart that stores one of " + String.join(", ", crd.versions())
                        + " and still has " + gone + "; then ";
        return Problem.of(
                title() + ": " + chart() + " drops " + gone + " of " + crd.name(),
                "objects may be stored in it (status.storedVersions: " + String.join(", ", live.stored())
                        + "), and nobody could read them any more",
                first + "write its objects anew: kubectl get " + crd.name()
                        + " -A -o json | kubectl replace -f - ; then take the mark away: kubectl patch crd "
                        + crd.name()
                        + " --subresource=status --type=merge -p '{\"status\":{\"storedVersions\":[\"" + stay
                        + "\"]}}'");
    }

    /** Kinds that are there although Helm knows no release: left by an uninstall, or brought by somebody else. */
    List<Change> found() {
        List<Change> found = new ArrayList<>();
        for (Definition crd : rehearsal.definitions()) {
            crd.live()
                    .ifPresent(live -> found.add(new Change(
                            "CustomResourceDefinition " + crd.name(), "there already" + origin(live), kept(live))));
        }
        return found;
    }

    private static String origin(Definition.Live live) {
        return live.chart().isEmpty() ? "" : ", left by " + live.chart();
    }

    private static String kept(Definition.Live live) {
        return switch ((int) Math.min(live.objects(), 2)) {
            case -1 -> "taken over with all its objects";
            case 0 -> "taken over; it has no objects";
            case 1 -> "taken over with its one object";
            default -> "taken over with its " + live.objects() + " objects";
        };
    }

    private String chart() {
        return wanted.chart().name() + " " + wanted.chart().version();
    }

    private String title() {
        return "release " + wanted.title();
    }
}
