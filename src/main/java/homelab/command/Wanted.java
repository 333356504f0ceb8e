package homelab.command;

import homelab.artifact.Charts;
import homelab.artifact.Supplies;
import homelab.model.Addons;
import homelab.model.ChartRelease;
import homelab.model.Cluster;
import homelab.phase.AddonPhase;
import homelab.phase.KubeconfigPhase;
import homelab.phase.Phase;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** What the inventory wants to be so, in the order of work, and what is written down once work begins. */
final class Wanted {
    private final Cluster cluster;
    private final Supplier<Path> kubeconfig;
    private final Charts charts;
    private final Workshop workshop;
    private Runnable pinning = () -> {};

    Wanted(Cluster cluster, Supplier<Path> kubeconfig, Charts charts, Workshop workshop) {
        this.cluster = cluster;
        this.kubeconfig = kubeconfig;
        this.charts = charts;
        this.workshop = workshop;
    }

    /** @param replaceContext whether another cluster's context of the cluster's name may go */
    List<Phase> phases(List<String> only, boolean replaceContext) {
        boolean addons = only.isEmpty() || only.contains(AddonPhase.NAME);
        return Order.only(
                Order.of(
                        cluster.hardening(),
                        new KubeconfigPhase(kubeconfig.get(), replaceContext),
                        addons ? addons(cluster.addons().releases(), false) : AddonPhase.NONE),
                only);
    }

    /** All but what is installed into the cluster. */
    List<Phase> ofNodes() {
        return Order.of(cluster.hardening(), new KubeconfigPhase(kubeconfig.get(), false), AddonPhase.NONE);
    }

    /**
     * The phase that installs these releases. Looks at the hosts, since what is needed depends on their architecture.
     *
     * @param adopt whether what others installed is taken over
     */
    AddonPhase addons(List<ChartRelease> releases, boolean adopt) {
        if (releases.isEmpty()) {
            return AddonPhase.NONE;
        }
        Addons wanted = cluster.addons().only(releases);
        Supplies supplies = charts.resolve(wanted, workshop.serverArchitectures());
        pinning = () -> charts.pin(wanted, supplies);
        return new AddonPhase(wanted, supplies, Secrets.of(wanted), adopt);
    }

    /** Writes down which release files were found; to be called when work begins. */
    void pin() {
        workshop.releases().ifPresent(releases -> releases.pin(workshop.site().release()));
        pinning.run();
    }

    /** Done when work begins, and not before. */
    void whenItBegins(Runnable deed) {
        Runnable before = pinning;
        pinning = () -> {
            before.run();
            deed.run();
        };
    }
}
