package homelab.command;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.phase.OfflinePhase;
import homelab.phase.Phase;
import homelab.phase.SandboxPhase;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.recovery.Offline;
import homelab.recovery.Wish;
import homelab.report.ProblemText;
import homelab.report.SandboxJson;
import homelab.report.SandboxText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/** {@code homelab recover-sandboxes}: what dead pods left, taken away where it is certain that they are dead. */
@CommandLine.Command(
        name = "recover-sandboxes",
        description = {
            "After a power cut containerd keeps records of pods that died, and pods cannot start because their names are taken.",
            "Looks on each node at what is kept, decides by what is there and not by dates alone, shows what it would",
            "remove, why, and what it leaves alone; asks; removes; and waits until the pods have started. Nothing is forced."
        },
        footer = {
            "",
            "Examples:",
            "  homelab recover-sandboxes -i inventory/two-pis.yaml --dry-run",
            "  homelab recover-sandboxes --node ultron --yes",
            "  homelab recover-sandboxes --rerun batch/import-27   # that pod may run a second time",
            "  homelab recover-sandboxes --offline --node ultron   # class D: containerd does not start",
            "",
            "Ends with 1 when something is left that bars a pod, with 4 when a node could not be looked at."
        })
final class RecoverSandboxes implements Command {

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Mixin
    private final NodeChoice nodes = new NodeChoice();

    @CommandLine.Option(
            names = "--include-completed",
            description = "Also what is kept of pods that have ended; their last logs by crictl go with it.")
    private boolean completed;

    @CommandLine.Option(
            names = "--rerun",
            split = ",",
            paramLabel = "NAMESPACE/POD",
            description =
                    "Of a pod that is to run once too, though it may then run a second time; with --offline also: any.")
    private List<String> rerun = new ArrayList<>();

    @CommandLine.Option(
            names = "--offline",
            description =
                    "Where containerd cannot start because of what it keeps (class D): move all of it aside, on one node.")
    private boolean offline;

    @CommandLine.Option(names = "--dry-run", description = "Show what would be done and do nothing.")
    private boolean dryRun;

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "Do not ask. Never covers a pod that would run a second time; --rerun names it.")
    private boolean yes;

    private final Io io;

    RecoverSandboxes(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        refuseWrongNames();
        try (Job job = Job.withoutReleases(io, common, "recover-sandboxes", this::reached)) {
            Wish wish = new Wish(completed, Set.copyOf(rerun));
            SandboxLook look = SandboxLook.at(job, wish).of(nodes.of(job.cluster()));
            job.quiet();
            io.out().print(common.json() ? SandboxJson.of(look.seen()) : left(look));
            if (offline) {
                return offline(job, look);
            }
            List<Problem> problems = look.problems(rerun);
            Exit done = carry(job, look.acts(), List.of(new SandboxPhase(look.judged(), wish)));
            io.err().print(new ProblemText(io.errTerminal()).of(problems));
            return done == Exit.DONE && !problems.isEmpty() ? look.exit() : done;
        }
    }

    /** Offline a server that answers is asked too, whichever it is: it knows which pods are to run once. */
    private List<Node> reached(Cluster cluster) {
        List<Node> chosen = nodes.of(cluster);
        return offline ? cluster.nodes() : chosen;
    }

    private Exit offline(Job job, SandboxLook look) {
        Optional<OfflinePhase> phase = new RecoverOffline(job, Set.copyOf(rerun)).phase(look.seen());
        if (phase.isEmpty() && !common.json()) {
            io.out().println("nothing to do offline: no node was seen whose containerd cannot start");
        }
        Exit done = carry(
                job, phase.isPresent(), phase.stream().<Phase>map(one -> one).toList());
        List<Problem> problems = phase.isPresent() ? List.of() : look.problems(List.of());
        io.err().print(new ProblemText(io.errTerminal()).of(problems));
        return done == Exit.DONE && !problems.isEmpty() ? look.exit() : done;
    }

    private String left(SandboxLook look) {
        return new SandboxText(io.outTerminal()).of(look.seen());
    }

    private Exit carry(Job job, boolean acts, List<Phase> phases) {
        Carry carry = new Carry(io, job, Consent.asking(yes), common.json(), "recover-sandboxes");
        boolean only = dryRun || (common.json() && !yes);
        if (acts && !(only && common.json())) {
            return only ? carry.show(phases) : carry.out(phases);
        }
        job.tellUnreachable();
        return job.workshop().fleet().unreachable().isEmpty() ? Exit.DONE : Exit.BLIND;
    }

    private void refuseWrongNames() {
        List<Problem> wrong = rerun.stream()
                .filter(pod -> !(offline && pod.equals(Offline.ANY)))
                .filter(pod -> !pod.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?/[a-z0-9]([a-z0-9.-]*[a-z0-9])?"))
                .map(pod ->
                        Problem.of("'" + pod + "' is not a pod", "it is written NAMESPACE/POD", "kubectl get pods -A"))
                .toList();
        if (!wrong.isEmpty()) {
            throw new Failure(Exit.USAGE, wrong);
        }
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
