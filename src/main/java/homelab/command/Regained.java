package homelab.command;

import homelab.facts.Founding;
import homelab.facts.K3sState;
import homelab.host.Script;
import homelab.kubeconfig.KubeconfigState;
import homelab.model.K3sVersion;
import homelab.model.Node;
import homelab.phase.Phase;
import homelab.phase.Site;
import homelab.phase.SnapshotPhases;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.snapshot.RestoreStage;
import homelab.run.Event;
import homelab.run.Look;
import homelab.snapshot.About;
import homelab.snapshot.SnapshotLook;
import homelab.snapshot.Taken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A cluster that was lost with all its servers, made again from a snapshot that was pulled before. */
record Regained(Job job, SnapshotFile file) {

    /**
     * @param replaceContext whether a kubeconfig context of another cluster may go; that of this one may
     * @throws Failure with exit REFUSED and all that speaks against it
     */
    List<Phase> phases(boolean replaceContext) {
        Site site = job.workshop().site();
        About about = file.about(job.workshop().places().here());
        List<Problem> against = against(site, about);
        if (!against.isEmpty()) {
            throw new Failure(Exit.REFUSED, against);
        }
        Node founder = founder(site, about).orElseThrow();
        job.events()
                .tell(new Event.Note(founder.name() + " begins with what " + file.name() + " remembers ("
                        + about.keys().map(keys -> keys + " keys of ").orElse("") + about.version()
                        + "); what was written after it is lost"));
        Taken snapshot = new Taken(
                file.name(), founder.name(), SnapshotLook.folder(job.cluster()), 0, Instant.EPOCH, Optional.of(about));
        List<Phase> bootstrap = job.wanted().phases(List.of(), replaceContext || isOurs(about));
        return SnapshotPhases.regained(site, bootstrap, snapshot, file.open(), file.sha256());
    }

    /** Whether the context that people have is of the cluster that comes back. */
    private boolean isOurs(About about) {
        return KubeconfigState.read(job.kubeconfig(), job.cluster().name())
                .filter(context -> context.caSha256().equals(about.ca()))
                .isPresent();
    }

    private List<Problem> against(Site site, About about) {
        List<Problem> against = new ArrayList<>();
        Founding founding = site.founding();
        if (founding instanceof Founding.Lives || founding instanceof Founding.Sleeps sleeps && !isBegun(sleeps)) {
            against.add(Problem.of(
                    "there is a cluster on these hosts",
                    "a snapshot is restored here on servers that hold no data",
                    "homelab snapshot push " + file.sealed() + ", then homelab snapshot restore " + file.name()));
        }
        if (!about.cluster().equals(site.cluster().name())) {
            against.add(Problem.of(
                    file.sealed() + " is of another cluster",
                    "it was taken of '" + about.cluster() + "', and the inventory is of '"
                            + site.cluster().name() + "'",
                    "name the inventory of that cluster with -i"));
        }
        if (founder(site, about).isEmpty()) {
            against.add(Problem.of(
                    "the inventory has no server " + about.node(),
                    "the snapshot was taken there, and remembers that server by name and password",
                    "name one of the servers so, and give it another name later"));
        }
        K3sVersion wanted = site.cluster().k3s().version();
        if (taken(about).filter(version -> wanted.compareTo(version) < 0).isPresent()) {
            against.add(Problem.of(
                    file.sealed() + " is of a newer k3s",
                    "it was taken by " + about.version() + ", and the inventory wants " + wanted,
                    "k3s.version: " + about.version() + " in the inventory"));
        }
        for (Node node : site.cluster().nodes()) {
            site.k3sOf(node)
                    .flatMap(K3sState::caSha256)
                    .filter(ca -> !ca.equals(about.ca()))
                    .ifPresent(ca -> against.add(Problem.of(
                            node.name() + " belongs to another cluster than the snapshot",
                            "it knows another cluster CA",
                            "homelab reset " + node.name() + " makes it bare")));
        }
        return against;
    }

    /** Empty where that was not written down as a release is called. */
    private static Optional<K3sVersion> taken(About about) {
        try {
            return Optional.of(K3sVersion.parse(about.version()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Node> founder(Site site, About about) {
        return site.cluster().servers().stream()
                .filter(server -> server.name().text().equals(about.node()))
                .findFirst();
    }

    /** A run that was cut off has left its note on the one server that holds data. */
    private boolean isBegun(Founding.Sleeps sleeps) {
        return sleeps.holders().size() == 1
                && Look.at(
                                job.workshop()
                                        .fleet()
                                        .host(sleeps.holders().get(0).name()),
                                List.of(RestoreStage.PROBE),
                                Script.As.ROOT)
                        .of(RestoreStage.PROBE)
                        .known()
                        .filter(stage -> stage.name().equals(file.name()))
                        .isPresent();
    }
}
