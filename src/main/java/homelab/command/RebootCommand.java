package homelab.command;

import homelab.model.Cluster;
import homelab.model.Hours;
import homelab.model.Node;
import homelab.phase.Phase;
import homelab.phase.RebootPhases;
import homelab.phase.Rebooting;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.reboot.InHours;
import homelab.resource.snapshot.SavedSnapshot;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** {@code homelab reboot}: nodes are booted anew in the order that their workloads bear best. */
@CommandLine.Command(
        name = "reboot",
        description = {
            "Reboots nodes, agents first and servers one by one, the one that is asked last of all. Each is closed to new pods and",
            "emptied as budgets allow, booted, and back in service with its volumes whole before the next is begun. Refused while",
            "another node is out of service, a copy of a volume is being filled, or etcd would lose its quorum. Says before what",
            "will be away and what has nowhere to go. A run that broke off is ended by the next one."
        },
        footer = {
            "",
            "Examples:",
            "  homelab reboot ultron -i inventory/two-pis.yaml --dry-run",
            "  homelab reboot ultron",
            "  homelab reboot --all --if-required --yes            # those that updates wait on",
            "  homelab reboot --all --window 02:00-05:00 --yes     # none is begun outside of these hours",
            "  homelab reboot --all --max-unavailable 2            # two agents at a time"
        })
final class RebootCommand implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Mixin
    private final NodesOrAll which = new NodesOrAll();

    @CommandLine.Option(
            names = "--if-required",
            description = "Only those on which an update waits for a boot: a new kernel, /run/reboot-required.")
    private boolean ifRequired;

    @CommandLine.Option(names = "--no-drain", description = "Do not move pods elsewhere first.")
    private boolean noDrain;

    @CommandLine.Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Ago.class,
            description = "How long a node's pods may take to leave: 90s, 10m, 1h. 15m unless given.")
    private Duration timeout = Duration.ofMinutes(15);

    @CommandLine.Option(
            names = "--window",
            paramLabel = "HOURS",
            converter = HoursTyped.class,
            description = "Begin no node outside of these hours of this machine's clock: 02:00-05:00.")
    private Optional<Hours> window = Optional.empty();

    @CommandLine.Option(
            names = "--max-unavailable",
            paramLabel = "NUMBER",
            description = "How many agents may be away at once. 1 unless given; servers always go one by one.")
    private int atOnce = 1;

    @CommandLine.Option(names = "--dry-run", description = "Show the plan and do nothing.")
    private boolean dryRun;

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    private final Io io;

    RebootCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        if (atOnce < 1) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of("--max-unavailable " + atOnce + " would reboot nothing", "", "--max-unavailable 1"));
        }
        try (Job job = Job.withoutReleases(io, common, "reboot", this::needed)) {
            RebootLook look = RebootLook.of(job, which.of(job.cluster(), "reboot"), which.all());
            if (ifRequired) {
                look = look.onlyRequired();
            }
            if (look.nodes().isEmpty()) {
                return nothing(job);
            }
            List<Rebooting> nodes = look.rebooting(!noDrain);
            List<Phase> phases = new RebootPhases(
                            job.workshop().site(), timeout, atOnce, hours(job), look.ill(), snapshot(job, look))
                    .of(nodes);
            Carry carry = new Carry(io, job, Consent.asking(yes), common.json(), "reboot")
                    .takingAway("homelab doctor -i " + job.inventory())
                    .saying(look.findings(!noDrain));
            look.goesOn(nodes);
            return dryRun ? carry.show(phases) : carry.out(phases);
        }
    }

    /** All: that a node which is not named is out of service matters too. */
    private List<Node> needed(Cluster cluster) {
        which.of(cluster, "reboot");
        return cluster.nodes();
    }

    private Optional<InHours> hours(Job job) {
        return window.map(
                hours -> new InHours(hours, () -> LocalTime.ofInstant(job.time().now(), ZoneId.systemDefault())));
    }

    private static Optional<SavedSnapshot> snapshot(Job job, RebootLook look) {
        return look.nodes().stream().anyMatch(Node::isServer)
                ? new FreshSnapshot(job, look.leader(), "before-reboot").unlessThere()
                : Optional.empty();
    }

    private Exit nothing(Job job) {
        job.quiet();
        String nodes = which.of(job.cluster(), "reboot").stream()
                .map(node -> node.name().text())
                .collect(Collectors.joining(", "));
        io.out().println("nothing to do: no update waits for a boot on " + nodes);
        job.tellUnreachable();
        return job.workshop().fleet().unreachable().isEmpty() ? Exit.DONE : Exit.BLIND;
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
