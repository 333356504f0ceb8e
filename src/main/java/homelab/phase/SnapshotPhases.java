package homelab.phase;

import homelab.facts.K3sState;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Foretold;
import homelab.resource.Resource;
import homelab.resource.Worst;
import homelab.resource.snapshot.CarriedSnapshot;
import homelab.resource.snapshot.DeletedSnapshot;
import homelab.resource.snapshot.ForgottenPassword;
import homelab.resource.snapshot.LaidSnapshot;
import homelab.resource.snapshot.RestoreOver;
import homelab.resource.snapshot.RestoredServer;
import homelab.resource.snapshot.SavedSnapshot;
import homelab.resource.snapshot.SetAside;
import homelab.resource.snapshot.StoppedForRestore;
import homelab.snapshot.SnapshotLook;
import homelab.snapshot.Taken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is done with snapshots of etcd. */
public final class SnapshotPhases {
    private SnapshotPhases() {}

    /** @param before names of those that are there */
    public static List<Phase> save(Cluster cluster, Node server, String name, Set<String> before) {
        return List.of(on(
                "snapshot",
                List.of(server),
                new SavedSnapshot(cluster.name(), server.name(), name, SnapshotLook.folder(cluster), before)));
    }

    public static List<Phase> delete(Taken snapshot) {
        return List.of(at("snapshot", snapshot.server(), new DeletedSnapshot(snapshot)));
    }

    /**
     * All servers stop; all but one set their data aside before that one takes the snapshot's, so that at no time servers
     * that are started by mistake could be a cluster of the old data beside one of the new. Then it is a bootstrap: one
     * server holds data and is started, the others join it.
     *
     */
    public static List<Phase> restore(Cluster cluster, Taken snapshot) {
        List<Node> servers = cluster.servers();
        List<Node> others = servers.stream()
                .filter(node -> !node.name().equals(snapshot.server()))
                .toList();
        List<Phase> phases = new ArrayList<>();
        phases.add(on("stop", servers, new StoppedForRestore(snapshot.name())));
        phases.add(on("aside", others, new SetAside(snapshot.name())));
        phases.add(at("restore", snapshot.server(), new RestoredServer(snapshot)));
        phases.addAll(List.of(
                new Anew(new FoundingPhase()),
                new K3sConfigPhase(),
                new ServerPhase(true),
                new AgentPhase(true),
                new VerifyPhase()));
        phases.add(on("over", servers, new RestoreOver()));
        return phases;
    }

    /**
     * A lost cluster on bare hosts: the founder begins with what the snapshot remembers, and the nodes of the old hosts'
     * names take their seats.
     *
     * @param bootstrap its phases, in their order
     * @param snapshot where it will lie
     * @param open the packed snapshot here, in the clear
     */
    public static List<Phase> regained(Site site, List<Phase> bootstrap, Taken snapshot, Path open, String sha256) {
        List<Phase> phases = new ArrayList<>();
        for (Phase phase : bootstrap) {
            if (phase instanceof FoundingPhase) {
                phases.add(at("memory", snapshot.server(), new CarriedSnapshot(open, sha256, snapshot.name())));
                phases.add(at("memory", snapshot.server(), new LaidSnapshot(snapshot.place(), snapshot.name())));
                phases.add(new Anew(new FoundingPhase(Optional.of(snapshot))));
                phases.add(new Anew(seats(site, snapshot)));
            } else {
                phases.add(remembering(phase));
            }
        }
        phases.add(at("over", snapshot.server(), new RestoreOver()));
        return phases;
    }

    /** The snapshot says Ready of nodes that are only coming. */
    private static Phase remembering(Phase phase) {
        if (phase instanceof ServerPhase) {
            return new ServerPhase(true);
        }
        return phase instanceof AgentPhase ? new AgentPhase(true) : phase;
    }

    /** Of the hosts that were bare before; the server that begins has brought its password along. */
    private static Phase seats(Site before, Taken snapshot) {
        List<Node> bare = before.cluster().nodes().stream()
                .filter(node -> !node.name().equals(snapshot.server()))
                .filter(node -> before.k3sOf(node).filter(K3sState::password).isEmpty())
                .toList();
        return new OfSteps(
                "seats",
                site -> bare.stream()
                        .map(node -> site.leader()
                                .map(leader -> new Step(
                                        "seats", new Target.OnHost(leader.name()), new ForgottenPassword(node.name())))
                                .orElseGet(() -> new Step(
                                        "seats",
                                        new Target.OnCluster(),
                                        Foretold.waits(
                                                "password of " + node.name(), "the cluster is back", Worst.REPLACE))))
                        .toList());
    }

    private static Phase on(String name, List<Node> nodes, Resource resource) {
        return new OfSteps(
                name,
                site -> nodes.stream()
                        .map(node -> new Step(name, new Target.OnHost(node.name()), resource))
                        .toList());
    }

    private static Phase at(String name, NodeName server, Resource resource) {
        return new OfSteps(name, site -> List.of(new Step(name, new Target.OnHost(server), resource)));
    }
}
