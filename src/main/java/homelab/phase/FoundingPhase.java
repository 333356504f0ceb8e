package homelab.phase;

import homelab.facts.Founding;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.plan.Step;
import homelab.resource.K3sApi;
import homelab.resource.Woken;
import homelab.resource.snapshot.RestoredServer;
import homelab.snapshot.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When no server answers: the one that founds the cluster, or all that hold its data, are brought up, so that there is
 * somebody to join and to ask. All else of them is looked after by the phases that follow.
 *
 * @param memory the snapshot that the founder begins with, when a lost cluster is to be made again
 */
public record FoundingPhase(Optional<Taken> memory) implements Phase {

    public FoundingPhase() {
        this(Optional.empty());
    }

    @Override
    public String name() {
        return "founding";
    }

    @Override
    public List<Step> steps(Site site) {
        List<Step> steps = new ArrayList<>();
        List<Ip> lost = lost(site);
        for (Node node : of(site)) {
            K3sNode server = K3sNode.of(site, node);
            steps.addAll(server.files(name()));
            memory.filter(of -> of.server().equals(node.name()))
                    .ifPresent(of -> steps.add(server.step(name(), new RestoredServer(of))));
            steps.add(server.step(name(), new Woken(server.service(), node.ip(), lost)));
            steps.add(server.step(name(), new Woken(new K3sApi(), node.ip(), lost)));
        }
        return steps;
    }

    /** Who is not there to make up a quorum with those that are woken. */
    private static List<Ip> lost(Site site) {
        return site.cluster().servers().stream()
                .filter(node -> !of(site).contains(node))
                .map(Node::ip)
                .toList();
    }

    /** The servers that this phase deals with as things stand. */
    static List<Node> of(Site site) {
        Founding founding = site.founding();
        if (founding instanceof Founding.Sleeps sleeps) {
            return sleeps.holders();
        }
        return founding instanceof Founding.Lives
                ? List.of()
                : List.of(new Joining(site, site.cluster().servers().get(0)).founder());
    }
}
