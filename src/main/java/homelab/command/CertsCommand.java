package homelab.command;

import homelab.kubeconfig.KubeconfigState;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.phase.CertsPhases;
import homelab.phase.KubeconfigPhase;
import homelab.phase.Phase;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.CertsText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/** {@code homelab certs}: when k3s's certificates end, and new ones. */
@CommandLine.Command(
        name = "certs",
        description = {
            "k3s's certificates last a year; at a start k3s renews by itself what ends within 120 days.",
            "renew makes new ones, with new keys, where one ends within that time: on one server after another, then on",
            "the agents, and in your kubeconfig. The authorities that sign them last ten years, and are not touched."
        },
        footer = {
            "",
            "Examples:",
            "  homelab certs show -i inventory/two-pis.yaml",
            "  homelab certs renew --dry-run",
            "  homelab certs renew ultron --force     # though they last"
        })
final class CertsCommand implements Command {
    /** What is done. */
    enum Deed {
        show,
        renew
    }

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(index = "0", paramLabel = "DEED", hideParamSyntax = true, description = "show or renew.")
    private Deed deed = Deed.show;

    @CommandLine.Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NODE",
            hideParamSyntax = true,
            description = "Only these nodes of the inventory.")
    private List<String> names = new ArrayList<>();

    @CommandLine.Option(names = "--force", description = "With renew: also where all of them last longer.")
    private boolean force;

    @CommandLine.Mixin
    private final Changing changing = new Changing();

    private final Io io;

    CertsCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        new Discord()
                .when(deed == Deed.show && (force || changing.asked()), "show changes nothing", "homelab certs show")
                .refuse();
        try (Job job = Job.withoutReleases(io, common, "certs", this::needed)) {
            CertsLook look = CertsLook.at(job, chosen(job.cluster()));
            return deed == Deed.show ? show(job, look) : renew(job, look);
        }
    }

    /** A server is started again beside others, and whether it may is asked of all. */
    private List<Node> needed(Cluster cluster) {
        List<Node> chosen = chosen(cluster);
        return deed == Deed.show ? chosen : cluster.nodes();
    }

    private List<Node> chosen(Cluster cluster) {
        List<String> known =
                cluster.nodes().stream().map(node -> node.name().text()).toList();
        Near.refuseUnknown(names, known, "the inventory has no node", "homelab validate");
        return cluster.nodes().stream()
                .filter(node -> names.isEmpty() || names.contains(node.name().text()))
                .toList();
    }

    private Exit show(Job job, CertsLook look) {
        job.quiet();
        CertsText text = new CertsText(io.outTerminal(), job.time().now());
        io.out().print(common.json() ? text.json(look.held()) : text.of(look.held()));
        job.tellUnreachable();
        boolean whole = job.workshop().fleet().unreachable().isEmpty()
                && look.held().values().stream().allMatch(one -> one.known().isPresent());
        return whole ? Exit.DONE : Exit.BLIND;
    }

    private Exit renew(Job job, CertsLook look) {
        refuseBlindly(look);
        Set<Node> due = new HashSet<>(look.held().keySet());
        due.removeIf(node -> !force && !look.isDue(node, job.time().now()));
        if (due.isEmpty()) {
            job.quiet();
            io.err().println("no certificate ends within " + CertsLook.SOON.toDays() + " days; --force renews them");
        }
        String why = look.begun().values().stream()
                .findFirst()
                .orElse(CertsLook.RENEWAL + job.time().now().getEpochSecond());
        List<Phase> phases = new CertsPhases(due, why, kubeconfig(job, due)).renew();
        return changing.of(io, job, common.json(), "certs", "homelab certs show -i " + job.inventory(), phases);
    }

    private static void refuseBlindly(CertsLook look) {
        List<Problem> unseen = look.unseen().stream()
                .map(node -> Problem.of(
                        node.name() + ": when its certificates end is not known",
                        "none of k3s's were found, or they could not be read",
                        "homelab certs show " + node.name()))
                .toList();
        if (!unseen.isEmpty()) {
            throw new Failure(Exit.BLIND, unseen);
        }
    }

    /** Where the user has access at all, and the server that it is taken from gets a new certificate for it. */
    private static Optional<KubeconfigPhase> kubeconfig(Job job, Set<Node> due) {
        boolean renewed = job.workshop()
                .site()
                .leader()
                .map(due::contains)
                .orElseGet(() -> due.containsAll(job.cluster().servers()));
        return KubeconfigState.read(job.kubeconfig(), job.cluster().name())
                .filter(state -> renewed)
                .map(state ->
                        new KubeconfigPhase(job.kubeconfig(), false, Optional.of(state.clientCertificateSha256())));
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
