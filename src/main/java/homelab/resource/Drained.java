package homelab.resource;

import homelab.drain.Emptying;
import homelab.drain.Leaving;
import homelab.drain.Pod;
import homelab.drain.Terms;
import homelab.model.NodeName;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A node takes no new pods and has none but those that belong to it. Asked and done on a server. Says no to what no waiting
 * would bring about: pods that nobody makes anew, and budgets that allow none to be missing.
 *
 * @param limit how long the pods may take to leave
 */
public record Drained(NodeName node, Terms terms, Duration limit) implements Resource {
    private Probe<String> told() {
        return ApiReads.whole("node:" + node, "/api/v1/nodes/" + node);
    }

    private Probe<String> pods() {
        return ApiReads.whole("pods of " + node, "/api/v1/pods?fieldSelector=spec.nodeName%3D" + node);
    }

    private static Probe<String> budgets() {
        return ApiReads.whole("budgets", "/apis/policy/v1/poddisruptionbudgets");
    }

    @Override
    public String id() {
        return "pods of " + node;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(told(), pods(), budgets());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(reading(readings), this::judged);
    }

    private Reading<Emptying> reading(Readings readings) {
        for (Probe<String> probe : List.of(told(), pods(), budgets())) {
            if (readings.of(probe) instanceof Reading.Unknown<String> unknown) {
                return new Reading.Unknown<>(unknown.why());
            }
        }
        try {
            return new Reading.Known<>(
                    Emptying.of(text(readings, told()), text(readings, pods()), text(readings, budgets()), terms));
        } catch (IllegalArgumentException e) {
            return new Reading.Unknown<>(String.valueOf(e.getMessage()));
        }
    }

    private static String text(Readings readings, Probe<String> probe) {
        return readings.of(probe).known().orElse("");
    }

    /** @throws Failure with exit FAILED when it could not be looked at */
    public Emptying read(Readings readings) {
        if (reading(readings) instanceof Reading.Known<Emptying> known) {
            return known.value();
        }
        String why = ((Reading.Unknown<Emptying>) reading(readings)).why();
        throw new Failure(Exit.FAILED, Problem.of(node + ": its pods could not be looked at", why, "homelab status"));
    }

    private Status judged(Emptying emptying) {
        if (!emptying.member()) {
            return new Status.NotHere("the cluster has no node " + node);
        }
        if (!emptying.alone().isEmpty() || !emptying.barredForEver().isEmpty()) {
            return new Status.Refused(inTheWay(emptying));
        }
        List<Change> changes = new ArrayList<>();
        if (!emptying.cordoned()) {
            changes.add(new Change("node " + node, "takes pods", "takes none"));
        }
        emptying.leaving().forEach(one -> changes.add(change(one)));
        return changes.isEmpty()
                ? Status.SAME
                : new Status.Drift(changes, emptying.leaving().isEmpty() ? Worst.CHANGE : Worst.RESTART);
    }

    private Change change(Leaving one) {
        String after = one.pod().fate() == Pod.Fate.ALONE
                ? "gone"
                : one.barred().isEmpty() ? "elsewhere, or waiting" : "elsewhere, once " + one.barred() + " more";
        return new Change("pod " + one.pod().told(), "on " + node, after);
    }

    private Problem inTheWay(Emptying emptying) {
        List<Pod> barred = emptying.barredForEver().stream().map(Leaving::pod).toList();
        List<String> why = new ArrayList<>();
        emptying.barredForEver().forEach(one -> why.add(one.pod().told() + ": " + one.barred()));
        emptying.alone().forEach(pod -> why.add(pod.told() + ": nobody makes it anew"));
        String all = Stream.concat(barred.stream(), emptying.alone().stream())
                .map(Pod::title)
                .collect(Collectors.joining(","));
        return Problem.of(
                node + ": pods cannot leave it by themselves",
                String.join("; ", why),
                (barred.isEmpty()
                                ? "delete what is not needed"
                                : "give the workload one more pod, or its budget one that may be missing")
                        + "; or " + otherwise(all));
    }

    /** Who comes back may keep its pods. */
    private String otherwise(String pods) {
        return terms.aloneStay() ? "leave them there: --no-drain" : "have them deleted: --force " + pods;
    }

    @Override
    public Deed deed() {
        return new Deed.Empty(this, limit);
    }

    /**
     * What is told when the time is over.
     *
     * @param pods those that are left, each with what keeps it there
     */
    public Problem left(List<String> pods, Duration waited) {
        return Problem.of(
                node + ": " + pods.size() + (pods.size() == 1 ? " pod has" : " pods have") + " not left in "
                        + waited.toSeconds() + " s",
                String.join("\n", pods),
                "mend that and run the same command again, or " + otherwise("NAMESPACE/POD")
                        + "; the node stays closed to new pods: kubectl uncordon " + node + " opens it");
    }
}
