package homelab.phase;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.Role;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Resource;
import homelab.resource.rotation.AllEncrypted;
import homelab.resource.rotation.EncryptionAgreed;
import homelab.resource.rotation.EncryptionOn;
import homelab.resource.rotation.KeyStage;
import homelab.resource.rotation.KeyStage.Way;
import homelab.resource.rotation.NoteGone;
import homelab.resource.rotation.Restarted;
import homelab.resource.rotation.SecretsReadable;
import homelab.resource.snapshot.LaidBeside;
import homelab.resource.snapshot.SavedSnapshot;
import homelab.snapshot.SnapshotLook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The key of Secrets rotated. A server that is alone does it at once. Of several none reads the file of another before it is
 * started again: what one writes with a key that another lacks cannot be read there, and what is written with a key that
 * has been dropped cannot be read at all. So they go through k3s's three stages, and all are started again after each.
 *
 * @param server where it begins, or began
 * @param before the name of the key of before
 * @param reached how far it is ({@link homelab.resource.rotation.Encryption#reached})
 * @param snapshot what is to be there before anything is changed
 */
public record KeyPhases(Cluster cluster, Node server, String before, int reached, Optional<SavedSnapshot> snapshot) {

    public List<Phase> rotate() {
        List<Phase> phases = new ArrayList<>();
        if (reached == 0) {
            phases.add(new OfSteps("snapshots", site -> beside()));
        }
        if (cluster.servers().size() == 1) {
            phases.add(stage(Way.AT_ONCE));
        } else {
            List.of(Way.PREPARE, Way.ROTATE, Way.REENCRYPT).stream()
                    .filter(way -> way.goal() >= reached)
                    .forEach(way -> phases.addAll(everywhere(way)));
        }
        phases.add(onServers("secrets", new SecretsReadable()));
        phases.add(new OfSteps("over", site -> List.of(on("over", server, NoteGone.ofKey()))));
        phases.add(onServers("over", NoteGone.ofRestart()));
        return phases;
    }

    /** After it was disabled: the settings, all servers started again with them, and what lies in clear written anew. */
    public List<Phase> enable() {
        Function<Node, Restarted> again = node -> Restarted.plainly(node.role().unit(), "key-on-" + server.name());
        return List.of(
                new OfSteps("snapshots", site -> beside()),
                new OfSteps("key", site -> List.of(on("key", server, new EncryptionOn()))),
                new Roll(Role.SERVER, node -> true, again),
                new OfSteps("keys", site -> List.of(on("keys", server, new EncryptionAgreed()))),
                new OfSteps("secrets", site -> List.of(on("secrets", server, new AllEncrypted()))),
                onServers("over", NoteGone.ofRestart()));
    }

    private List<Step> beside() {
        List<Step> steps = new ArrayList<>();
        snapshot.ifPresent(taken -> steps.add(new Step("snapshots", new Target.OnHost(taken.server()), taken)));
        cluster.servers()
                .forEach(node -> steps.add(on(
                        "snapshots", node, new LaidBeside(cluster.name(), node.name(), SnapshotLook.folder(cluster)))));
        return steps;
    }

    private List<Phase> everywhere(Way way) {
        Function<Node, Restarted> again =
                node -> Restarted.plainly(node.role().unit(), "key-" + way.goal() + "-" + before);
        return List.of(
                stage(way),
                new Roll(Role.SERVER, node -> true, again),
                new OfSteps("keys", site -> List.of(on("keys", server, new EncryptionAgreed()))));
    }

    private Phase stage(Way way) {
        return new OfSteps("key", site -> List.of(on("key", server, new KeyStage(way, before))));
    }

    private Phase onServers(String name, Resource resource) {
        return new OfSteps(
                name,
                site -> cluster.servers().stream()
                        .map(node -> on(name, node, resource))
                        .toList());
    }

    private static Step on(String phase, Node node, Resource resource) {
        return new Step(phase, new Target.OnHost(node.name()), resource);
    }
}
