package homelab.command;

import homelab.model.ChartRelease;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.phase.BundledPhase;
import homelab.phase.Phase;
import homelab.plan.Plan;
import homelab.plan.Step;
import homelab.problem.Exit;
import homelab.report.AddonsText;
import homelab.report.Listed;
import homelab.report.PlanJson;
import homelab.report.PlanText;
import homelab.run.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** {@code homelab addons}: what Helm installs, without a look at anything else. */
@CommandLine.Command(
        name = "addons",
        description = {
            "Shows and installs the add-ons of the inventory: what k3s brings along as it is configured, and releases of",
            "Helm, with live objects compared field by field. bootstrap does it too, when the nodes are a cluster."
        },
        footer = {
            "",
            "Examples:",
            "  homelab addons list -i inventory/two-pis.yaml",
            "  homelab addons plan --exit-code       # 3 when one is not as the inventory has it",
            "  homelab addons apply longhorn",
            "  homelab addons apply whoami --adopt   # it was installed by somebody else"
        })
final class AddonsCommand implements Command {

    /** What is done. */
    enum Deed {
        list,
        plan,
        apply
    }

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Mixin
    private final Consent consent = new Consent();

    @CommandLine.Parameters(index = "0", paramLabel = "DEED", description = "list, plan or apply.")
    private Deed deed = Deed.list;

    @CommandLine.Parameters(
            index = "1..*",
            paramLabel = "NAME",
            hideParamSyntax = true,
            description = "These releases, or traefik, coredns, local-path, metrics-server; all without a name.")
    private List<String> names = new ArrayList<>();

    @CommandLine.Option(
            names = "--adopt",
            description = "Take over what others installed: objects of no release, and a HelmChart of k3s.")
    private boolean adopt;

    @CommandLine.Option(names = "--exit-code", description = "With plan: end with 3 when there is something to do.")
    private boolean exitCode;

    private final Io io;

    AddonsCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        try (Job job = Job.withoutReleases(io, common, deed == Deed.apply ? "bootstrap" : "plan", this::needed)) {
            List<ChartRelease> releases = releases(job.cluster());
            job.leader();
            Set<String> parts = BundledPhase.PARTS.stream().filter(this::chosen).collect(Collectors.toSet());
            List<Phase> phases =
                    List.of(new BundledPhase(parts, adopt), job.wanted().addons(releases, adopt));
            return deed == Deed.apply ? apply(job, phases) : show(job, phases, releases);
        }
    }

    /** Agents have a say only where images are brought to them, or where something is changed. */
    private List<Node> needed(Cluster cluster) {
        refuseUnknown(cluster.addons().releases());
        boolean images =
                releases(cluster).stream().anyMatch(release -> !release.images().isEmpty());
        return images || deed == Deed.apply ? cluster.nodes() : cluster.servers();
    }

    private List<ChartRelease> releases(Cluster cluster) {
        return cluster.addons().releases().stream()
                .filter(release -> chosen(release.name()))
                .toList();
    }

    private Exit apply(Job job, List<Phase> phases) {
        return new Carry(io, job, consent, common.json(), "addons").out(phases);
    }

    private Exit show(Job job, List<Phase> phases, List<ChartRelease> releases) {
        Plan plan = Planner.plan(phases, job.workshop().site(), job.workshop().places());
        job.quiet();
        if (common.json()) {
            io.out().print(PlanJson.of(plan));
        } else if (deed == Deed.list) {
            io.out().print(new AddonsText(io.outTerminal()).of(listed(job, releases, plan)));
        } else {
            io.out().print(new PlanText(io.outTerminal()).of(plan));
        }
        if (!plan.unknown().isEmpty()) {
            return Exit.BLIND;
        }
        return exitCode && !plan.isEmpty() ? Exit.TO_DO : Exit.DONE;
    }

    private List<Listed> listed(Job job, List<ChartRelease> releases, Plan plan) {
        List<Listed> all = new ArrayList<>();
        BundledPhase.configured(job.cluster()).stream().filter(this::chosen).forEach(part -> {
            List<Step> steps =
                    new BundledPhase(Set.of(part), adopt).steps(job.workshop().site());
            all.add(new Listed(part, "kube-system", "comes with k3s", plan.of(steps)));
        });
        releases.forEach(release -> all.add(Listed.of(release, plan)));
        return all;
    }

    private boolean chosen(String name) {
        return names.isEmpty() || names.contains(name);
    }

    private void refuseUnknown(List<ChartRelease> releases) {
        List<String> known = Stream.concat(releases.stream().map(ChartRelease::name), BundledPhase.PARTS.stream())
                .toList();
        Near.refuseUnknown(names, known, "there is no add-on", "add it under addons.releases first");
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
