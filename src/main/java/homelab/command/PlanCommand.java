package homelab.command;

import homelab.plan.Plan;
import homelab.problem.Exit;
import homelab.report.PlanJson;
import homelab.report.PlanText;
import homelab.run.Planner;
import picocli.CommandLine;

/** {@code homelab plan}: what bootstrap would change. */
@CommandLine.Command(
        name = "plan",
        description = "Shows what bootstrap would change, every change with before and after. Touches nothing.",
        footer = {
            "",
            "Examples:",
            "  homelab plan -i inventory/two-pis.yaml",
            "  homelab plan --exit-code -o json     # 0 nothing to do, 3 something, 4 not all seen, 6 refused"
        })
final class PlanCommand implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Mixin
    private final Selection selection = new Selection();

    @CommandLine.Option(
            names = "--exit-code",
            description = "End with 3 when there is something to do, and with 6 when bootstrap would refuse it.")
    private boolean exitCode;

    @CommandLine.Option(
            names = "--adopt",
            description = "Take over a k3s that others installed; where its arguments are equal it goes on running.")
    private boolean adopt;

    private final Io io;

    PlanCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        Order.refuseUnknown(selection.only());
        try (Job job = Job.open(io, common, "plan")) {
            if (adopt) {
                job.workshop().takeOver();
            }
            Plan plan = Planner.plan(
                            job.wanted().phases(selection.only(), false),
                            job.workshop().site(),
                            job.workshop().places())
                    .after(job.workshop().preflight());
            job.quiet();
            io.out().print(common.json() ? PlanJson.of(plan) : new PlanText(io.outTerminal()).of(plan));
            job.tellUnreachable();
            return outcome(plan, job);
        }
    }

    private Exit outcome(Plan plan, Job job) {
        if (!plan.unknown().isEmpty() || !job.workshop().fleet().unreachable().isEmpty()) {
            return Exit.BLIND;
        }
        if (exitCode && plan.barred()) {
            return Exit.REFUSED;
        }
        return exitCode && !plan.isEmpty() ? Exit.TO_DO : Exit.DONE;
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
