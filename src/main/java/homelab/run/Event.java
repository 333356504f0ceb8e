package homelab.run;

import homelab.model.NodeName;
import homelab.plan.Step;
import homelab.problem.Problem;
import homelab.resource.Change;
import java.time.Duration;
import java.util.List;

/** What happens during a run, in the order in which it happens on one target. */
public sealed interface Event {

    record Connecting(NodeName node) implements Event {}

    record Connected(NodeName node, Duration took) implements Event {}

    record Unreachable(NodeName node, Problem problem) implements Event {}

    /** Something is looked at: "facts", "what differs". */
    record Looking(String what) implements Event {}

    record PhaseBegins(String phase) implements Event {}

    record StepBegins(Step step) implements Event {}

    /** Told about once a second while a deed has been done and its proof is not there yet. */
    record StepWaits(Step step, String waitingFor, Duration elapsed, Duration limit) implements Event {}

    record Transfer(Step step, long sent, long total) implements Event {}

    record StepDone(Step step, List<Change> changes, Duration took) implements Event {}

    record StepFailed(Step step, Problem problem) implements Event {}

    /** A script or a file went to a host; told with {@code -v} and in the journal. */
    record Asked(NodeName node, String title, String outcome, Duration took) implements Event {}

    /** Another run holds the lock's orphan; or another thing a person should know. */
    record Note(String text) implements Event {}
}
