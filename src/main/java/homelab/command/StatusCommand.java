package homelab.command;

import homelab.check.Looked;
import homelab.check.Snapshot;
import homelab.check.SnapshotProbes;
import homelab.check.StatusReport;
import homelab.check.Verdict;
import homelab.host.Script;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Exit;
import homelab.problem.Problem;
import homelab.report.StatusText;
import homelab.run.Fleet;
import homelab.run.Look;
import homelab.run.Parallel;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** {@code homelab status}: the nodes and the named conditions. */
@CommandLine.Command(
        name = "status",
        description = "Shows the nodes and every condition that is not as it should be. Touches nothing.",
        footer = {
            "",
            "Examples:",
            "  homelab status -i inventory/two-pis.yaml",
            "  homelab status --watch",
            "  homelab status --exit-code -o json   # 1 when a condition is false, 4 when one could not be seen"
        })
final class StatusCommand implements Command {
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Option(names = "--watch", description = "Look again every 5 s until Ctrl-C.")
    private boolean watch;

    @CommandLine.Option(names = "--all", description = "Show the conditions that are true as well.")
    private boolean all;

    @CommandLine.Option(
            names = "--exit-code",
            description = "End with 1 when a condition is false, 4 when one is unknown.")
    private boolean exitCode;

    private final Io io;

    StatusCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        try (Job job = Job.withoutReleases(io, common, "status", Cluster::nodes)) {
            job.quiet();
            Exit exit = show(job);
            while (watch && !io.out().checkError() && rested(job)) {
                exit = show(job);
            }
            return exit;
        }
    }

    private Exit show(Job job) {
        StatusReport report = StatusReport.of(job.cluster(), snapshot(job));
        StatusText text = new StatusText(io.outTerminal());
        io.out().print(common.json() ? StatusText.json(report) : text.of(report, all, watch));
        io.out().flush();
        return exit(report.worst(), job);
    }

    /** Nothing that answered is told by the exit code even when it was not asked for one. */
    private Exit exit(Verdict worst, Job job) {
        if (job.workshop().fleet().hosts().isEmpty()) {
            return Exit.BLIND;
        }
        if (!exitCode || worst == Verdict.TRUE) {
            return Exit.DONE;
        }
        return worst == Verdict.FALSE ? Exit.FAILED : Exit.BLIND;
    }

    private static boolean rested(Job job) {
        try {
            job.time().sleep(BETWEEN);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Snapshot snapshot(Job job) {
        Instant at = job.time().now();
        Fleet fleet = job.workshop().fleet();
        Map<NodeName, Looked> first = trip(job, fleet, Map.of(), node -> SnapshotProbes.first(node));
        Map<NodeName, Looked> both = trip(job, fleet, first, node -> SnapshotProbes.second(job.cluster(), node, first));
        return Snapshot.of(job.cluster(), at, both);
    }

    /** What a trip asks of a node. */
    private interface Questions {
        List<Probe<?>> of(Node node);
    }

    private static Map<NodeName, Looked> trip(Job job, Fleet fleet, Map<NodeName, Looked> before, Questions questions) {
        Map<NodeName, Looked> looks = new LinkedHashMap<>();
        fleet.unreachable().forEach((name, failure) -> {
            Problem problem = failure.problems().get(0);
            looks.put(name, new Looked.Unreachable(problem.why(), problem.fix()));
        });
        Parallel.allOrFail(Parallel.each(
                        job.workshop().reached(),
                        node -> Look.at(fleet.host(node.name()), questions.of(node), Script.As.ROOT)))
                .forEach((node, readings) -> looks.put(
                        node.name(), new Looked.Reached(earlier(before, node).and(readings))));
        return looks;
    }

    private static Readings earlier(Map<NodeName, Looked> before, Node node) {
        return before.get(node.name()) instanceof Looked.Reached reached ? reached.readings() : Readings.NONE;
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
