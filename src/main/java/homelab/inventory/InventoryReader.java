package homelab.inventory;

import homelab.model.Addons;
import homelab.model.Backup;
import homelab.model.Cluster;
import homelab.model.Hardening;
import homelab.model.K3s;
import homelab.model.Mute;
import homelab.model.NodeName;
import homelab.model.Outside;
import homelab.model.Placement;
import homelab.problem.Failure;
import homelab.problem.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The inventory file to the cluster that it describes. */
public final class InventoryReader {
    private final Fields root;
    private final Mistakes mistakes;
    private final Paths paths;

    private InventoryReader(Fields root, Mistakes mistakes, Paths paths) {
        this.root = root;
        this.mistakes = mistakes;
        this.paths = paths;
    }

    /**
     * Reads a file. Relative paths in it begin at its folder, {@code ~} is the user's home.
     *
     * @throws Failure with {@code Exit.USAGE} and every mistake at once, each with its place
     */
    public static Cluster read(Path file) {
        String home = System.getenv("HOME");
        return read(file, Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home));
    }

    /** Where a node is named; empty when the file does not name it, or is none any more. */
    public static Optional<Place> whereIs(NodeName node, Path file) {
        try {
            Tree tree = TreeReader.read(Source.read(file), new Mistakes());
            return pair(tree, "nodes")
                    .flatMap(nodes -> pair(nodes.value(), node.text()))
                    .map(Tree.Pair::key);
        } catch (Failure unreadable) {
            return Optional.empty();
        }
    }

    /** Where the word stands that is a node's role. */
    public static Optional<Place> whereIsRole(NodeName node, Path file) {
        try {
            Tree tree = TreeReader.read(Source.read(file), new Mistakes());
            return pair(tree, "nodes")
                    .flatMap(nodes -> pair(nodes.value(), node.text()))
                    .flatMap(one -> pair(one.value(), "role"))
                    .map(role -> role.value().place());
        } catch (Failure unreadable) {
            return Optional.empty();
        }
    }

    /** Where {@code k3s.version} is said. */
    public static Optional<Place> whereIsVersion(Path file) {
        try {
            Tree tree = TreeReader.read(Source.read(file), new Mistakes());
            return pair(tree, "k3s")
                    .flatMap(k3s -> pair(k3s.value(), "version"))
                    .map(Tree.Pair::key);
        } catch (Failure unreadable) {
            return Optional.empty();
        }
    }

    /** Where the word stands that {@code k3s.cluster-init} is. */
    public static Optional<Place> whereIsClusterInit(Path file) {
        try {
            Tree tree = TreeReader.read(Source.read(file), new Mistakes());
            return pair(tree, "k3s")
                    .flatMap(k3s -> pair(k3s.value(), "cluster-init"))
                    .map(one -> one.value().place());
        } catch (Failure unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Tree.Pair> pair(Tree tree, String key) {
        return tree instanceof Tree.Pairs pairs
                ? Optional.ofNullable(pairs.pairs().get(key))
                : Optional.empty();
    }

    static Cluster read(Path file, Path home) {
        Path base = file.toAbsolutePath().normalize().getParent();
        return read(Source.read(file), new Paths(base == null ? file : base, home));
    }

    static Cluster read(Source source, Paths paths) {
        Mistakes mistakes = new Mistakes();
        Tree tree = TreeReader.read(source, mistakes);
        Fields root = Fields.of(Section.ROOT, "", source.place(0, 0), tree, mistakes);
        return new InventoryReader(root, mistakes, paths).cluster();
    }

    private Cluster cluster() {
        Optional<String> name = root.one("cluster", Kinds.CLUSTER);
        NetworkSection network = NetworkSection.read(root.section("network", Section.NETWORK));
        Fields k3sFields = root.section("k3s", Section.K3S);
        Optional<K3s> k3s = K3sSection.read(k3sFields, paths);
        Optional<Path> knownHosts = root.section("ssh", Section.SSH).one("known-hosts", paths.any());
        NodesSection.Nodes nodes = NodesSection.read(root, paths);
        Fields addonFields = root.section("addons", Section.ADDONS);
        BundledSection.Read bundled =
                BundledSection.read(addonFields, k3s.map(K3s::disable).orElse(List.of()), paths);
        Addons addons = AddonsSection.read(root, addonFields, bundled.bundled(), paths);
        List<Placement> placements = PlacementSection.read(root, nodes);
        List<Mute> mutes = DoctorSection.mutes(root);
        Hardening hardening = HardenSection.read(root);
        Outside outside = OutsideSection.read(root, paths);
        Optional<Backup> backup = BackupsSection.read(root, nodes, paths);
        CrossChecks.check(root, k3sFields, network, nodes);
        mistakes.throwIfAny();
        return new Cluster(
                name.orElseThrow(),
                network.network(),
                k3s.orElseThrow().without(bundled.unwanted()),
                knownHosts,
                nodes.drafts().stream().map(Draft::node).toList(),
                addons,
                placements,
                mutes,
                hardening,
                outside,
                backup);
    }
}
