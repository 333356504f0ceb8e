package homelab.phase;

import homelab.artifact.Release;
import homelab.model.K3sVersion;
import homelab.model.Node;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.KeptProgram;
import homelab.resource.snapshot.SavedSnapshot;
import homelab.snapshot.SnapshotLook;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Another release of k3s: a snapshot of before, the old program kept, and then what bootstrap does to members: servers one by
 * one, each through its gates, agents after them. Containers go on while k3s is started anew.
 *
 * @param server that takes the snapshot
 * @param atOnce how many agents may be away at the same time
 */
public record UpgradePhases(Site site, Node server, int atOnce) {
    /** Of bootstrap's own. */
    private static final Set<String> ROLLING = Set.of("artifacts", "config", "server", "agents", "verify");

    /** The snapshot's name: that of a run that broke off is good enough, it is of before as well. */
    public static String snapshot(K3sVersion to) {
        return "before-" + to.toString().replace('+', '-');
    }

    /**
     * @param bootstrap its phases
     * @param etcd whether there is etcd, which snapshots are taken of
     */
    public List<Phase> of(List<Phase> bootstrap, boolean etcd) {
        List<Phase> phases = new ArrayList<>();
        if (etcd && isWorkLeft()) {
            SavedSnapshot saved = new SavedSnapshot(
                    site.cluster().name(),
                    server.name(),
                    snapshot(site.cluster().k3s().version()),
                    SnapshotLook.folder(site.cluster()),
                    Set.of());
            phases.add(new OfSteps(
                    "snapshot", at -> List.of(new Step("snapshot", new Target.OnHost(server.name()), saved))));
        }
        phases.add(new OfSteps("keep", UpgradePhases::kept));
        bootstrap.stream()
                .filter(phase -> ROLLING.contains(phase.name()))
                .flatMap(phase -> batches(phase).stream())
                .forEach(phases::add);
        return phases;
    }

    private List<Phase> batches(Phase phase) {
        return phase.name().equals("agents") && atOnce > 1
                ? AgentBatch.of(phase, site.cluster().agents(), atOnce)
                : List.of(phase);
    }

    private boolean isWorkLeft() {
        String wanted = site.cluster().k3s().version().toString();
        return site.cluster().nodes().stream()
                .anyMatch(node -> !site.k3sOf(node)
                        .flatMap(k3s -> k3s.version())
                        .filter(wanted::equals)
                        .isPresent());
    }

    private static List<Step> kept(Site site) {
        List<Step> steps = new ArrayList<>();
        for (Node node : site.cluster().nodes()) {
            if (site.reached(node)) {
                site.releaseFor(node)
                        .map(Release::binary)
                        .ifPresent(binary -> steps.add(
                                new Step("keep", new Target.OnHost(node.name()), new KeptProgram(binary.sha256()))));
            }
        }
        return steps;
    }
}
