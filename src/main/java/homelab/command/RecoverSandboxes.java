package homelab.command;

import homelab.phase.Phase;
import homelab.phase.SandboxPhase;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.recovery.Wish;
import homelab.report.ProblemText;
import homelab.report.SandboxJson;
import homelab.report.SandboxText;
import java.util.ArrayList;
import java.util.List;
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
            description = "Of a pod that is to run once too, though it may then run a second time.")
    private List<String> rerun = new ArrayList<>();

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
        try (Job job = Job.withoutReleases(io, common, "recover-sandboxes", nodes::of)) {
            Wish wish = new Wish(completed, Set.copyOf(rerun));
            SandboxLook look = SandboxLook.at(job, wish);
            job.quiet();
            io.out().print(common.json() ? SandboxJson.of(look.seen()) : left(look));
            List<Problem> problems = look.problems(rerun);
            Exit done = carry(job, look, wish);
            io.err().print(new ProblemText(io.errTerminal()).of(problems));
            return done == Exit.DONE && !problems.isEmpty() ? look.exit() : done;
        }
    }

    private String left(SandboxLook look) {
        return new SandboxText(io.outTerminal()).of(look.seen());
    }

    private Exit carry(Job job, SandboxLook look, Wish wish) {
        Carry carry = new Carry(io, job, Consent.asking(yes), common.json(), "recover-sandboxes");
        List<Phase> phases = List.of(new SandboxPhase(look.judged(), wish));
        boolean only = dryRun || (common.json() && !yes);
        if (look.acts() && !(only && common.json())) {
            return only ? carry.show(phases) : carry.out(phases);
        }
        job.tellUnreachable();
        return job.workshop().fleet().unreachable().isEmpty() ? Exit.DONE : Exit.BLIND;
    }

    private void refuseWrongNames() {
        List<Problem> wrong = rerun.stream()
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
