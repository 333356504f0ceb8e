package homelab.command;

import homelab.host.Output;
import homelab.host.Script;
import homelab.model.Node;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.DrillText;
import homelab.resource.Sh;
import homelab.snapshot.Drill;
import homelab.snapshot.Taken;
import java.time.Duration;
import java.util.function.Supplier;

/** Restores a snapshot on a node into a place of its own, and tells what was in it. The cluster that runs is not touched. */
record SnapshotDrill(Io io, Job job) {
    /** On a Pi 4 with its card; a drill on two slow cores takes half a minute. */
    private static final Duration LIMIT = Duration.ofMinutes(7);

    /** @param node any of the cluster; what lies elsewhere is brought to it */
    Exit run(Taken snapshot, Node node, boolean json) {
        if (snapshot.isElsewhere()) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(snapshot.name() + " lies in S3", "", "fetch it from there: " + snapshot.place()));
        }
        boolean here = snapshot.server().equals(node.name());
        String where = here ? Drill.words(job.cluster()) : new SnapshotBrought(io, job).to(node, snapshot);
        return run(snapshot.name(), node, where, json);
    }

    /** Of a sealed copy. */
    Exit run(SnapshotFile file, Node node, boolean json) {
        String where = new SnapshotBrought(io, job).to(node, file.name(), file.open(), file.sha256());
        return run(file.name(), node, where, json);
    }

    private Exit run(String snapshot, Node node, String where, boolean json) {
        job.quiet();
        io.err()
                .println("restoring " + snapshot + " on " + node.name()
                        + " in a place of its own; the cluster is not touched");
        Drill drill = orInterrupted(node, () -> drilled(node, where, snapshot));
        io.out().print(json ? DrillText.json(node, drill) : new DrillText(io.outTerminal()).of(node, drill));
        return switch (drill.result()) {
            case PASS -> Exit.DONE;
            case FAIL -> Exit.FAILED;
            case SKIPPED -> Exit.REFUSED;
        };
    }

    private Drill orInterrupted(Node node, Supplier<Drill> drill) {
        Interrupt interrupt = Interrupt.saying(
                io.err(),
                "interrupted: " + node.name() + " throws away what it had restored; the cluster was not touched");
        try {
            return drill.get();
        } finally {
            interrupt.over();
        }
    }

    private Drill drilled(Node node, String where, String snapshot) {
        String script = "set -- " + where + " " + Sh.quote(snapshot) + " " + LIMIT.toSeconds() + "\n";
        Output output = job.workshop()
                .fleet()
                .host(node.name())
                .run(Script.root("drill", script + Drill.script(), LIMIT.plusMinutes(1)));
        return Drill.parse(output.text())
                .orElseThrow(() -> new Failure(
                        Exit.FAILED,
                        Problem.of(
                                node.name() + ": the drill told nothing",
                                output.errors().strip(),
                                "homelab snapshot drill -v shows what was done")));
    }
}
