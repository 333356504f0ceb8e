package homelab.phase;

import homelab.model.Access;
import homelab.model.Backup;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Secret;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Foretold;
import homelab.resource.Packages;
import homelab.resource.Resource;
import homelab.resource.SystemdTimer;
import homelab.resource.TextFile;
import homelab.resource.Worst;
import homelab.resource.backup.BackupPaths;
import homelab.resource.backup.CopiesSeat;
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
                new Anew(new OfSteps("seat", site -> seats())),
                new Anew(new OfSteps("trust", site -> trusts())));
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
        if (goesAway(node)) {
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

    private boolean goesAway(Node node) {
        return !backup.placeOf(node.name()).node().equals(node.name());
    }

    private List<Step> seats() {
        BackupSeen now = seen.get();
        List<Step> steps = new ArrayList<>();
        for (Backup.Place place : backup.to().stream().distinct().toList()) {
            List<Node> comers = comers(place);
            if (!comers.isEmpty()) {
                steps.add(step("seat", place.node(), new CopiesSeat(place.path())));
            }
        }
        backup.to().stream()
                .map(Backup.Place::node)
                .distinct()
                .filter(node -> !guests(node).isEmpty())
                .forEach(node -> steps.add(step("seat", node, authorized(now, node))));
        return steps;
    }

    private List<Node> comers(Backup.Place place) {
        return cluster.nodes().stream()
                .filter(node -> backup.concerns(node.name()))
                .filter(node -> goesAway(node) && backup.placeOf(node.name()).equals(place))
                .toList();
    }

    private List<Node> guests(NodeName at) {
        return cluster.nodes().stream()
                .filter(node -> backup.concerns(node.name()) && goesAway(node))
                .filter(node -> backup.placeOf(node.name()).node().equals(at))
                .toList();
    }

    /** A key that is not made yet is waited for where its node copies now; else its node has been left out. */
    private Resource authorized(BackupSeen now, NodeName at) {
        String file = BackupPaths.HOME + "/.ssh/authorized_keys";
        StringBuilder lines = new StringBuilder();
        for (Node guest : guests(at)) {
            Optional<String> line =
                    now.key(guest.name()).map(key -> line(key, guest)).or(() -> now.line(at, guest.name()));
            if (line.isEmpty() && nodes.contains(guest)) {
                return Foretold.waits("file " + file, "the key of " + guest.name() + " is made", Worst.CREATE);
            }
            line.ifPresent(text -> lines.append(text).append('\n'));
        }
        return TextFile.of(file, lines.toString());
    }

    /** The file transfer and nothing else (sshd(8), AUTHORIZED_KEYS FILE FORMAT). */
    private static String line(String key, Node guest) {
        String[] words = key.strip().split(" ");
        return "command=\"internal-sftp\",restrict " + words[0] + " " + words[1] + " " + BackupPaths.USER + " "
                + guest.name();
    }

    private List<Step> trusts() {
        BackupSeen now = seen.get();
        return nodes.stream()
                .filter(this::goesAway)
                .map(node -> step(
                        "trust",
                        node.name(),
                        trust(now, backup.placeOf(node.name()).node())))
                .toList();
    }

    private Resource trust(BackupSeen now, NodeName at) {
        String file = BackupPaths.STATE + "/known_hosts";
        List<String> keys = now.hostKeys(at);
        if (keys.isEmpty()) {
            return Foretold.unknown("file " + file, "the host keys of " + at + " could not be read");
        }
        String name = BackupSettings.knownAs(cluster.node(at).orElseThrow());
        StringBuilder lines = new StringBuilder();
        keys.forEach(key -> lines.append(name).append(' ').append(key).append('\n'));
        return TextFile.closed(file, lines.toString());
    }

    private static Step step(String phase, NodeName node, Resource resource) {
        return new Step(phase, new Target.OnHost(node), resource);
    }

    static int port(Node node) {
        return node.access() instanceof Access.Ssh ssh ? ssh.port() : 22;
    }
}
