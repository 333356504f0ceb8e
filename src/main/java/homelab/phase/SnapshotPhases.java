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
import homelab.resource.snapshot.LaidBeside;
import homelab.resource.snapshot.LaidSnapshot;
import homelab.resource.snapshot.RestoreOver;
import homelab.resource.snapshot.RestoredServer;
import homelab.resource.snapshot.SavedSnapshot;
import homelab.resource.snapshot.SetAside;
import homelab.resource.snapshot.StoppedForRestore;
import homelab.resource.snapshot.TokenOfThen;
import homelab.snapshot.About;
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
     * server holds data and is started, the others join it. Where the token was changed since, the snapshots taken meanwhile
     * get theirs laid beside them before it goes.
     */
    public static List<Phase> restore(Cluster cluster, Taken snapshot) {
        List<Node> servers = cluster.servers();
        List<Node> others = servers.stream()
                .filter(node -> !node.name().equals(snapshot.server()))
                .toList();
        List<Phase> phases = new ArrayList<>();
        phases.add(new OfSteps("snapshots", site -> tokensKept(site, snapshot)));
        phases.add(on("stop", servers, new StoppedForRestore(snapshot.name())));
        phases.add(on("aside", others, new SetAside(snapshot.name())));
        phases.add(new OfSteps("token", site -> tokenOfThen(site, snapshot)));
        phases.add(at("restore", snapshot.server(), new RestoredServer(snapshot)));
        phases.addAll(List.of(new Anew(new FoundingPhase()), new K3sConfigPhase(), new ServerPhase(true)));
        WatchesAnew watches = new WatchesAnew(snapshot.server(), "restore-" + snapshot.name());
        phases.addAll(watches.phases());
        phases.add(new AgentPhase(true));
        phases.add(new Anew(new VerifyPhase()));
        phases.add(on("over", servers, new RestoreOver()));
        phases.add(watches.over());
        return phases;
    }

    private static List<Step> tokensKept(Site site, Taken snapshot) {
        return sealedOtherwise(site, snapshot).stream()
                .flatMap(token -> site.cluster().servers().stream())
                .map(node -> new Step(
                        "snapshots",
                        new Target.OnHost(node.name()),
                        new LaidBeside(site.cluster().name(), node.name(), SnapshotLook.folder(site.cluster()))))
                .toList();
    }

    private static List<Step> tokenOfThen(Site site, Taken snapshot) {
        return sealedOtherwise(site, snapshot)
                .map(sum ->
                        new Step("token", new Target.OnHost(snapshot.server()), new TokenOfThen(snapshot.name(), sum)))
                .stream()
                .toList();
    }

    /** SHA-256 of the token that the snapshot needs, where the server has another. */
    private static Optional<String> sealedOtherwise(Site site, Taken snapshot) {
        Optional<String> now =
                site.cluster().node(snapshot.server()).flatMap(site::k3sOf).flatMap(K3sState::tokenSha256);
        return snapshot.about().map(About::token).filter(then -> !then.isEmpty() && !now.equals(Optional.of(then)));
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
