package homelab.phase;

import homelab.model.Access;
import homelab.model.Backup;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Secret;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Packages;
import homelab.resource.Resource;
import homelab.resource.SystemdTimer;
import homelab.resource.TextFile;
import homelab.resource.backup.BackupPaths;
import homelab.resource.backup.LaidCopy;
import homelab.resource.backup.NewClaim;
import homelab.resource.backup.NodeKey;
import homelab.resource.backup.PausedWorkloads;
import homelab.resource.backup.ResumedWorkloads;
import homelab.resource.backup.SavedSets;
import homelab.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Nodes copy their volumes and folders to another node's disk. What each needs for that is laid down first, then those who
 * keep copies let the others in, then it is done.
 *
 * @param nodes those whose data is copied now
 * @param password of the repositories
 * @param seen asked when a phase begins, since the phases before it make what it tells
 */
public record BackupPhases(
        Cluster cluster, Backup backup, List<Node> nodes, Secret password, Supplier<BackupSeen> seen) {
    private static final String UNITS = "etc/systemd/system/homelab-backup.";
    private static final String PROGRAM = "usr/local/lib/homelab/backup";

    public BackupPhases {
        nodes = List.copyOf(nodes);
    }

    /**
     * What need not be paused first, then what has to be, so that it is away for its own copy alone.
     *
     * @param run its name
     * @param leader where workloads are paused; nothing is paused without one
     * @param paused the claims that are to be paused, by node
     */
    public List<Phase> run(String run, Optional<NodeName> leader, Map<NodeName, List<String>> paused) {
        List<Phase> phases = new ArrayList<>();
        leader.ifPresent(server -> phases.add(at("resume", server, new ResumedWorkloads())));
        phases.addAll(ready());
        phases.add(copies(node -> new SavedSets(node, run, List.of(), paused.getOrDefault(node, List.of())), nodes));
        if (leader.isPresent() && !paused.isEmpty()) {
            List<String> all = paused.values().stream().flatMap(List::stream).toList();
            phases.add(at("pause", leader.get(), new PausedWorkloads(all, run)));
            phases.add(copies(
                    node -> new SavedSets(node, run + "-paused", paused.getOrDefault(node, List.of()), List.of()),
                    nodes.stream()
                            .filter(node -> paused.containsKey(node.name()))
                            .toList()));
            phases.add(at("resume", leader.get(), new ResumedWorkloads()));
        }
        return phases;
    }

    private static Phase copies(Function<NodeName, Resource> of, List<Node> nodes) {
        return new OfSteps(
                "copies",
                site -> nodes.stream()
                        .map(node -> step("copies", node.name(), of.apply(node.name())))
                        .toList());
    }

    /** A copy in a new claim: the claim on the node first, then what it is to hold. */
    public static List<Phase> restore(NodeName leader, NewClaim claim, LaidCopy copy) {
        return List.of(at("claim", leader, claim), at("copy", claim.node(), copy));
    }

    private static Phase at(String phase, NodeName node, Resource resource) {
        return new OfSteps(phase, site -> List.of(step(phase, node, resource)));
    }

    /** All that has to be there before a node can copy. */
    public List<Phase> ready() {
        return List.of(
                new OfSteps("source", this::sources),
                new Anew(new OfSteps("seat", site -> guests().seats(seen.get()))),
                new Anew(new OfSteps("trust", site -> guests().trusts(seen.get()))));
    }

    private BackupGuests guests() {
        return new BackupGuests(cluster, backup, nodes);
    }

    private List<Step> sources(Site site) {
        return nodes.stream()
                .flatMap(node -> source(site, node).map(resource -> step("source", node.name(), resource)))
                .toList();
    }

    private Stream<Resource> source(Site site, Node node) {
        List<Resource> all = new ArrayList<>();
        all.add(new Packages(List.of("restic"), site.outward().environment()));
        all.add(TextFile.of("/" + PROGRAM, Templates.load(PROGRAM).text()).withMode("0755"));
        all.add(TextFile.secret(BackupPaths.STATE + "/password", password));
        all.add(TextFile.closed(BackupPaths.STATE + "/settings", new BackupSettings(cluster, backup, node).text()));
        if (guests().goesAway(node)) {
            all.add(new NodeKey(node.name()));
        }
        all.add(timer());
        return all.stream();
    }

    private SystemdTimer timer() {
        return new SystemdTimer(
                "homelab-backup",
                Templates.load(UNITS + "service").text(),
                backup.at()
                        .map(at -> Templates.load(UNITS + "timer").fill(Map.of("at", at)))
                        .orElse(""));
    }

    static Step step(String phase, NodeName node, Resource resource) {
        return new Step(phase, new Target.OnHost(node), resource);
    }

    static int port(Node node) {
        return node.access() instanceof Access.Ssh ssh ? ssh.port() : 22;
    }
}
