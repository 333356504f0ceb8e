package homelab.command;

import homelab.host.Script;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.run.Look;
import homelab.run.Parallel;
import homelab.snapshot.Integrity;
import homelab.snapshot.SnapshotLook;
import homelab.snapshot.Taken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The snapshots of a cluster, wherever they lie. */
record SnapshotShelf(Job job) {

    /** The newest first; of the servers that answer. */
    List<Taken> all() {
        String folder = SnapshotLook.folder(job.cluster());
        List<Node> servers =
                job.workshop().reached().stream().filter(Node::isServer).toList();
        List<Taken> all = new ArrayList<>();
        Parallel.allOrFail(Parallel.each(servers, server -> on(server, SnapshotLook.on(server.name(), folder))))
                .values()
                .forEach(all::addAll);
        job.workshop().site().leader().ifPresent(leader -> all.addAll(on(leader, SnapshotLook.elsewhere())));
        all.sort(Comparator.comparing(Taken::at).reversed());
        return List.copyOf(all);
    }

    private <T> T on(Node server, Probe<T> probe) {
        Readings readings = Look.orFail(job.workshop().fleet().host(server.name()), List.of(probe), Script.As.ROOT);
        if (readings.of(probe) instanceof Reading.Unknown<T> unknown) {
            throw new Failure(
                    Exit.BLIND, Problem.of(server.name() + ": snapshots could not be looked at", unknown.why(), ""));
        }
        return readings.of(probe).known().orElseThrow();
    }

    /** Reads the whole of each that lies on a server. */
    Map<Taken, Integrity> look(List<Taken> snapshots) {
        return Parallel.allOrFail(Parallel.each(
                snapshots.stream().filter(snapshot -> !snapshot.isElsewhere()).toList(),
                snapshot -> on(job.cluster().node(snapshot.server()).orElseThrow(), Integrity.of(snapshot))));
    }

    /**
     * The one whose name it is, or begins so; of several of one name, as servers take them at the same second, none.
     *
     * @throws Failure with exit USAGE
     */
    Taken named(String name) {
        List<Taken> all = all();
        List<Taken> found = all.stream().filter(one -> one.name().equals(name)).toList();
        if (found.isEmpty()) {
            found = all.stream().filter(one -> one.name().startsWith(name)).toList();
        }
        if (found.size() != 1) {
            String which = found.stream().map(Taken::name).collect(Collectors.joining(", "));
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            found.isEmpty() ? "there is no snapshot '" + name + "'" : "which one is meant is not clear",
                            found.isEmpty() ? "there are " + all.size() : "there are " + which,
                            "homelab snapshot list tells their names"));
        }
        return found.get(0);
    }

    /** The one of that name, or the newest. */
    Taken chosen(Optional<String> name) {
        return name.map(this::named).orElseGet(this::newest);
    }

    /** @throws Failure with exit REFUSED when there is none on a server */
    private Taken newest() {
        return all().stream()
                .filter(snapshot -> !snapshot.isElsewhere())
                .findFirst()
                .orElseThrow(() -> new Failure(
                        Exit.REFUSED,
                        Problem.of("there is no snapshot of etcd yet", "", "take one: homelab snapshot save")));
    }
}
