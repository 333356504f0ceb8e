package homelab.phase;

import homelab.facts.K3sState;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.Role;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Foretold;
import homelab.resource.K3sConfig;
import homelab.resource.Resource;
import homelab.resource.Worst;
import homelab.resource.rotation.NoteGone;
import homelab.resource.rotation.Restarted;
import homelab.resource.rotation.RotatedToken;
import homelab.resource.snapshot.LaidBeside;
import homelab.snapshot.SnapshotLook;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The cluster's token changed, and brought to all nodes. The server on which it begins is the truth from then on: its
 * server/token is what the others get, and k3s is started again everywhere, since it goes on to take the old one until
 * then (docs.k3s.io, "k3s token rotate"). The note on that server goes first of all notes: a run that is cut off
 * after that has only scraps left.
 *
 * @param server where it begins, or began
 * @param before SHA-256 of the token of before
 */
public record TokenPhases(Cluster cluster, Node server, String before) {

    public List<Phase> rotate() {
        Function<Node, Restarted> again =
                node -> Restarted.plainly(node.role().unit(), "token-" + before.substring(0, 12));
        return List.of(
                new OfSteps("snapshots", this::beside),
                new OfSteps("token", site -> List.of(on("token", server, new RotatedToken(before)))),
                new Anew(new OfSteps("config", this::files)),
                new Roll(Role.SERVER, node -> true, again),
                new Roll(Role.AGENT, node -> true, again),
                new VerifyPhase(),
                new OfSteps("over", site -> List.of(on("over", server, NoteGone.ofToken()))),
                new OfSteps(
                        "over",
                        site -> reached(site)
                                .map(node -> on("over", node, NoteGone.ofRestart()))
                                .toList()));
    }

    private static Stream<Node> reached(Site site) {
        return site.cluster().nodes().stream().filter(site::reached);
    }

    private boolean isChanged(Site site) {
        return site.k3sOf(server)
                .flatMap(K3sState::tokenSha256)
                .filter(sum -> !sum.equals(before))
                .isPresent();
    }

    /** Once it is changed, what servers hold is no longer what their snapshots need. */
    private List<Step> beside(Site site) {
        return isChanged(site)
                ? List.of()
                : cluster.servers().stream()
                        .map(node -> on(
                                "snapshots",
                                node,
                                new LaidBeside(cluster.name(), node.name(), SnapshotLook.folder(cluster))))
                        .toList();
    }

    private List<Step> files(Site site) {
        return K3sNode.all(site, reached(site).toList()).stream()
                .filter(K3sNode::hasTokenFile)
                .map(node -> on("config", node.node(), isChanged(site) ? node.tokenFile() : awaited()))
                .toList();
    }

    private static Resource awaited() {
        return Foretold.waits("file " + K3sConfig.TOKEN, "k3s has made the new token", Worst.CHANGE);
    }

    private static Step on(String phase, Node node, Resource resource) {
        return new Step(phase, new Target.OnHost(node.name()), resource);
    }
}
