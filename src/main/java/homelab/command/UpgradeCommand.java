package homelab.command;

import homelab.command.ReleaseChoice.Meant;
import homelab.model.Cluster;
import homelab.model.K3sVersion;
import homelab.phase.Phase;
import homelab.phase.UpgradePhases;
import homelab.phase.VersionSkew;
import homelab.plan.Finding;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.KeptProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** {@code homelab upgrade}: another release of k3s on every node, or with {@code --os} newer packages of their systems. */
@CommandLine.Command(
        name = "upgrade",
        description = {
            "Brings another release of k3s to every node: a snapshot of etcd first, then servers one by one, each through its",
            "gates, then agents one by one. Pods go on while k3s is started anew. One minor at a time and never back; refused",
            "while a node is out of service or a copy of a volume is being filled. Stops at the first node that does not come",
            "up, and says how to go back. Shows before who asks for old forms of the API, and what the new release does otherwise.",
            "With --os the packages of the operating system are renewed instead, in the rhythm and with the guards of reboot."
        },
        footer = {
            "",
            "Examples:",
            "  homelab upgrade --to v1.34.3+k3s1 --dry-run",
            "  homelab upgrade --to v1.34.3+k3s1      # writes it into the inventory, then does it",
            "  homelab upgrade --channel stable       # what k3s calls stable today; v1.34 for the newest of that minor",
            "  homelab upgrade                        # to what the inventory says",
            "  homelab upgrade --plans k3s-plans      # Plans for the system-upgrade-controller, and nothing done",
            "  homelab upgrade --os --dry-run         # what apt would renew, and on which nodes",
            "  homelab upgrade --os ultron"
        })
final class UpgradeCommand implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Mixin
    private final ReleaseChoice choice = new ReleaseChoice();

    @CommandLine.Mixin
    private final PlansChoice plans = new PlansChoice();

    @CommandLine.Mixin
    private final OsChoice os = new OsChoice();

    @CommandLine.Option(
            names = "--max-unavailable",
            paramLabel = "NUMBER",
            description =
                    "How many agents get k3s at once. 1 unless given; servers always go one by one. Not with --os.")
    private int atOnce = 1;

    @CommandLine.Option(names = "--dry-run", description = "Show the plan and do nothing.")
    private boolean dryRun;

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    private final Io io;

    UpgradeCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        boolean system = os.meant(choice.typed());
        plans.refuseBeside(system, common.json());
        refuseBatches(system || plans.meant());
        if (plans.meant()) {
            return plans();
        }
        return system ? new OsUpgrade(io, common, os, yes, dryRun).call() : release();
    }

    private void refuseBatches(boolean otherwise) {
        if (atOnce < 1 || atOnce > 1 && otherwise) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "--max-unavailable " + atOnce
                                    + (atOnce < 1 ? " would upgrade nothing" : " is of k3s alone"),
                            "it says how many agents get another release of k3s at once",
                            "1 or more, without --os and --plans"));
        }
    }

    /** What the controller is to do needs no file of the release here. */
    private Exit plans() {
        Optional<Meant> meant = choice.meant(common.inventory(io));
        try (Job job = Job.seeing(io, common, "upgrade", cluster -> wanted(cluster, meant))) {
            return plans.write(io, job, problem -> told(problem, meant), yes, dryRun);
        }
    }

    private static Cluster wanted(Cluster cluster, Optional<Meant> meant) {
        return meant.map(Meant::release).map(cluster::with).orElse(cluster);
    }

    private static Problem told(Problem problem, Optional<Meant> meant) {
        return meant.map(one -> one.told(problem)).orElse(problem);
    }

    private Exit release() {
        Path inventory = common.inventory(io);
        Optional<VersionLine> said = choice.typed().map(word -> VersionLine.of(inventory, word));
        Optional<Meant> meant = choice.meant(inventory);
        try (Job job = Job.wanting(io, common, "upgrade", cluster -> wanted(cluster, meant))) {
            job.workshop().guardedBy(facts -> refuse(VersionSkew.refused(job.cluster(), facts), meant));
            UpgradeLook look = new UpgradeLook(job, job.leader());
            List<Phase> phases = new UpgradePhases(job.workshop().site(), look.leader(), atOnce)
                    .of(job.wanted().ofNodes(), look.onEtcd());
            List<Finding> findings = new ArrayList<>(look.findings());
            meant.flatMap(Meant::noted).ifPresent(findings::add);
            meant.flatMap(Meant::stays).ifPresent(io.err()::println);
            Carry carry = new Carry(io, job, Consent.asking(yes), common.json(), "upgrade").saying(findings);
            Runnable wanting = () -> meant.ifPresent(one -> said.orElseThrow().write(one.release()));
            job.wanted().whenItBegins(wanting);
            return dryRun ? carry.show(phases) : carried(job, carry, phases, wanting);
        }
    }

    private static void refuse(List<Problem> problems, Optional<Meant> meant) {
        Checked.refuse(problems.stream().map(problem -> told(problem, meant)).toList());
    }

    private Exit carried(Job job, Carry carry, List<Phase> phases, Runnable wanting) {
        Exit exit = carry.out(phases);
        if (exit == Exit.FAILED) {
            io.err().println("back:    " + back(job));
        }
        if (exit == Exit.DONE) {
            wanting.run(); // also where nothing was left to do but that
        }
        return exit;
    }

    /** Of servers the program alone is not enough once the data are in their new form. */
    private static String back(Job job) {
        K3sVersion version = job.cluster().k3s().version();
        return "on an agent, sudo install -m 755 " + KeptProgram.PATH
                + " /usr/local/bin/k3s and sudo systemctl"
                + " restart k3s-agent; for servers, the release of before in the inventory and homelab snapshot restore "
                + UpgradePhases.snapshot(version) + ", which forgets what was written since";
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
