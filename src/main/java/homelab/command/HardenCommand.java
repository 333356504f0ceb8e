package homelab.command;

import homelab.inventory.InventoryReader;
import homelab.model.Cluster;
import homelab.model.HardenItem;
import homelab.phase.JoinPhases;
import homelab.phase.Phase;
import homelab.phase.harden.HardenPhase;
import homelab.plan.Plan;
import homelab.problem.Exit;
import homelab.report.HardenJson;
import homelab.report.HardenText;
import homelab.report.LeftOutText;
import homelab.report.PlanJson;
import homelab.report.PlanText;
import homelab.run.Planner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** {@code homelab harden}: files on each node by which it heals itself, without this machine. */
@CommandLine.Command(
        name = "harden",
        description = {
            "Makes nodes outlive a bad night with nobody awake: files, units and settings on each of them, readable, in sh,",
            "that need nothing of this machine. bootstrap does it too, unless the inventory says harden: false.",
            "show tells what each item is for and from where it is known; undo leaves the hosts as they were before."
        },
        footer = {
            "",
            "Examples:",
            "  homelab harden show -i inventory/two-pis.yaml",
            "  homelab harden plan                   # what would change, on which node",
            "  homelab harden apply --yes",
            "  homelab harden apply hung-task        # an item that is off by default, this once",
            "  homelab harden undo watchdog --node ultron",
            "",
            "plan ends with 3 under --exit-code when there is something to do."
        })
final class HardenCommand implements Command {

    /** What is done. */
    enum Deed {
        show,
        plan,
        apply,
        undo
    }

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DEED",
            description = "show, plan, apply or undo.")
    private Deed deed = Deed.show;

    @CommandLine.Parameters(
            index = "1..*",
            paramLabel = "ITEM",
            hideParamSyntax = true,
            description = "These items, whatever the inventory says of them; those that it wants without a name.")
    private List<String> items = new ArrayList<>();

    @CommandLine.Mixin
    private final NodeChoice nodes = new NodeChoice();

    @CommandLine.Option(names = "--exit-code", description = "With plan: end with 3 when there is something to do.")
    private boolean exitCode;

    @CommandLine.Option(
            names = "--dry-run",
            description = "With apply and undo: show what would be done and do nothing.")
    private boolean dryRun;

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    private final Io io;

    HardenCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        refuseUnknownItems();
        return deed == Deed.show ? show() : work();
    }

    private Exit show() {
        Cluster cluster = InventoryReader.read(common.inventory(io));
        List<HardenItem> shown = items.isEmpty() ? List.of(HardenItem.values()) : named();
        io.out()
                .print(
                        common.json()
                                ? HardenJson.of(shown, cluster.hardening())
                                : new HardenText(io.outTerminal()).of(shown, cluster.hardening(), !items.isEmpty()));
        return Exit.DONE;
    }

    private Exit work() {
        try (Job job = Job.withoutReleases(io, common, deed == Deed.plan ? "plan" : "harden", nodes::of)) {
            List<Phase> phases = List.of(new HardenPhase(chosen(job.cluster()), deed == Deed.undo));
            Carry carry = new Carry(io, job, Consent.asking(yes), common.json(), "harden");
            if (deed == Deed.plan) {
                return plan(job, phases);
            }
            return dryRun ? carry.show(phases) : carry.out(phases);
        }
    }

    /** Undoing is of all that there may be, also of what the inventory once wanted. */
    private List<HardenItem> chosen(Cluster cluster) {
        if (!items.isEmpty()) {
            return named();
        }
        return deed == Deed.undo
                ? List.of(HardenItem.values())
                : cluster.hardening().wanted();
    }

    private Exit plan(Job job, List<Phase> phases) {
        Plan plan = Planner.plan(
                JoinPhases.reached(phases, job.workshop().fleet().hosts().keySet()),
                job.workshop().site(),
                job.workshop().places());
        job.quiet();
        io.out()
                .print(
                        common.json()
                                ? PlanJson.of(plan)
                                : LeftOutText.of(plan) + new PlanText(io.outTerminal()).of(plan));
        job.tellUnreachable();
        if (!plan.unknown().isEmpty() || !job.workshop().fleet().unreachable().isEmpty()) {
            return Exit.BLIND;
        }
        return exitCode && !plan.isEmpty() ? Exit.TO_DO : Exit.DONE;
    }

    private List<HardenItem> named() {
        return Arrays.stream(HardenItem.values())
                .filter(item -> items.contains(item.word()))
                .toList();
    }

    private void refuseUnknownItems() {
        List<String> known =
                Arrays.stream(HardenItem.values()).map(HardenItem::word).toList();
        Near.refuseUnknown(items, known, "there is no item", "homelab harden show lists them");
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
