package homelab.command;

import homelab.doctor.net.Reachability;
import homelab.model.NodeName;
import homelab.phase.FirewallPhase;
import homelab.phase.FirewallUndoPhase;
import homelab.phase.JoinPhases;
import homelab.phase.Phase;
import homelab.plan.Plan;
import homelab.problem.Exit;
import homelab.report.FirewallJson;
import homelab.report.FirewallText;
import homelab.report.PlanJson;
import homelab.report.PlanText;
import homelab.resource.UfwSeen;
import homelab.run.Planner;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** {@code homelab firewall}: the firewall of the hosts, changed only with a way back. */
@CommandLine.Command(
        name = "firewall",
        description = {
            "Shows and changes the firewall of the hosts, which follows from the inventory. A change that is not confirmed by a",
            "new SSH connection, with all ports between the nodes as open as before, is taken back: at once, by the host itself",
            "after 30 s when this machine is gone, or at boot when the host went down. show tells the rules, what others have",
            "put beside them, and who reaches which port, measured; rollback goes back to what was before the last change."
        },
        footer = {
            "",
            "Examples:",
            "  homelab firewall show -i inventory/two-pis.yaml",
            "  homelab firewall plan --exit-code",
            "  homelab firewall apply --yes",
            "  homelab firewall rollback --node jarvis",
            "",
            "plan ends with 3 under --exit-code when there is something to do."
        })
final class FirewallCommand implements Command {

    /** What is done. */
    enum Deed {
        show,
        plan,
        apply,
        rollback
    }

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DEED",
            description = "show, plan, apply or rollback.")
    private Deed deed = Deed.show;

    @CommandLine.Mixin
    private final NodeChoice nodes = new NodeChoice();

    @CommandLine.Option(names = "--exit-code", description = "With plan: end with 3 when there is something to do.")
    private boolean exitCode;

    @CommandLine.Option(
            names = "--dry-run",
            description = "With apply and rollback: show what would be done and do nothing.")
    private boolean dryRun;

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    private final Io io;

    FirewallCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        try (Job job = Job.withoutReleases(io, common, deed == Deed.plan ? "plan" : "firewall", nodes::of)) {
            return switch (deed) {
                case show -> show(job);
                case plan -> plan(job);
                case apply -> change(job, new FirewallPhase(true));
                case rollback -> change(job, new FirewallUndoPhase());
            };
        }
    }

    private Exit show(Job job) {
        Map<NodeName, UfwSeen> seen = new FirewallLook(job.workshop()).seen();
        Reachability reached = new Witness(job.workshop(), job.events(), job.time()).measure();
        job.quiet();
        io.out()
                .print(
                        common.json()
                                ? FirewallJson.of(seen, reached)
                                : new FirewallText(io.outTerminal()).of(seen, reached));
        job.tellUnreachable();
        return job.workshop().fleet().unreachable().isEmpty() ? Exit.DONE : Exit.BLIND;
    }

    private Exit plan(Job job) {
        Plan plan = Planner.plan(
                JoinPhases.reached(
                        List.of(new FirewallPhase(true)),
                        job.workshop().fleet().hosts().keySet()),
                job.workshop().site(),
                job.workshop().places());
        job.quiet();
        io.out().print(common.json() ? PlanJson.of(plan) : new PlanText(io.outTerminal()).of(plan));
        job.tellUnreachable();
        if (!plan.unknown().isEmpty() || !job.workshop().fleet().unreachable().isEmpty()) {
            return Exit.BLIND;
        }
        return exitCode && !plan.isEmpty() ? Exit.TO_DO : Exit.DONE;
    }

    private Exit change(Job job, Phase phase) {
        Carry carry = new Carry(io, job, Consent.asking(yes), common.json(), "firewall");
        if (dryRun) {
            return carry.show(List.of(phase));
        }
        Exit exit = carry.out(List.of(phase));
        carry.before().ifPresent(before -> compare(job, before));
        return exit;
    }

    /** Also when it failed: that what was taken back is as before is then what a person wants to see. */
    private void compare(Job job, Reachability before) {
        Reachability after = new Witness(job.workshop(), job.events(), job.time()).measure();
        io.err().print(new FirewallText(io.errTerminal()).compared(before, after));
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
