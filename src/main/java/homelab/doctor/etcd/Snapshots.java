package homelab.doctor.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.doctor.etcd.SnapshotFiles.Taken;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** ETCD-005: there is a fresh snapshot of etcd, and a copy of it elsewhere. */
final class Snapshots implements EtcdCheck<List<Taken>> {
    private static final Duration SLACK = Duration.ofHours(1);
    /** What is homelab's own word: a house changes little in a month, and nobody pulls each day. */
    private static final Duration COPY = Duration.ofDays(30);

    private static final String SAVE = "homelab snapshot save --node ";

    @Override
    public String id() {
        return "ETCD-005";
    }

    @Override
    public Probe<List<Taken>> probe(Cluster cluster) {
        return SnapshotFiles.probe(cluster);
    }

    @Override
    public List<Listing> listings() {
        return List.of(SnapshotFiles.OBJECTS, SnapshotFiles.NODES);
    }

    @Override
    public Finding judge(House house, Node server, List<Taken> seenThere) {
        List<Taken> files = seenThere.stream().filter(one -> !one.isPulled()).toList();
        String name = server.name().text();
        Cluster cluster = house.cluster();
        if (Boolean.TRUE.equals(cluster.k3s().config().get("etcd-disable-snapshots"))) {
            return warn(name, "the inventory turns snapshots of etcd off").fix("remove etcd-disable-snapshots");
        }
        Duration every = Schedule.every(cluster.k3s().snapshots().getOrDefault("schedule-cron", Schedule.USUAL));
        Optional<Instant> newest = files.stream().map(Taken::at).max(Comparator.naturalOrder());
        Optional<Instant> since = newest.or(() -> founded(house));
        if (since.isEmpty()) {
            return unknown(name, "there is no snapshot, and the API does not tell since when there could be one");
        }
        Instant last = since.get();
        Duration age = Duration.between(last, house.now());
        String seen = newest.map(at -> files.size() + " snapshots, the newest of " + at)
                        .orElse("no snapshot") + "; one is due every " + every.toHours() + " h";
        if (age.compareTo(every.plus(SLACK)) > 0) {
            String what = newest.isPresent() ? "the newest snapshot of etcd is old" : "there is no snapshot of etcd";
            boolean missed = age.compareTo(every.multipliedBy(2).plus(SLACK)) > 0;
            return (missed ? fail(name, what) : warn(name, what))
                    .by(seen)
                    .since(last)
                    .fix(SAVE + name);
        }
        return elsewhere(house, name, newest.isPresent() ? seen : "the first is not due yet");
    }

    /** A snapshot beside the data it is of goes when the disk goes. */
    private Finding elsewhere(House house, String name, String seen) {
        Reading<List<JsonNode>> objects = house.list(SnapshotFiles.OBJECTS);
        List<Taken> taken = SnapshotFiles.objects(objects.known().orElse(List.of()));
        List<String> evidence = new ArrayList<>(List.of(seen));
        taken.stream()
                .filter(one -> !one.error().isEmpty())
                .forEach(one -> evidence.add(one.location() + ": " + one.error()));
        boolean wanted = Boolean.TRUE.equals(house.cluster().k3s().config().get("etcd-s3"));
        Optional<Instant> pulled = pulled(house);
        pulled.ifPresent(at -> evidence.add("the newest that was pulled is of " + at));
        if (pulled.filter(house.now().minus(COPY)::isBefore).isPresent()
                || taken.stream().anyMatch(one -> one.isInStore() && one.error().isEmpty())) {
            return pass(name, "snapshots are fresh, and there are copies elsewhere")
                    .by(evidence);
        }
        if (wanted && objects instanceof Reading.Unknown<List<JsonNode>> blind) {
            return unknown(name, "where snapshots lie is not known: " + blind.why());
        }
        return wanted && !taken.isEmpty()
                ? fail(name, "no snapshot has reached the store that the inventory names")
                        .by(evidence)
                        .fix(SAVE + name)
                : warn(name, "snapshots lie on the node alone, and go when its disk goes")
                        .by(evidence)
                        .fix("homelab snapshot pull brings one here; k3s.config: {etcd-s3: true, …} sends all");
    }

    /** From whichever server. */
    private Optional<Instant> pulled(House house) {
        return house.cluster().servers().stream()
                .flatMap(server -> house.reading(server, probe(house.cluster())).known().stream())
                .flatMap(List::stream)
                .filter(Taken::isPulled)
                .map(Taken::at)
                .max(Comparator.naturalOrder());
    }

    /** Since when there could be one; empty where the API does not tell. */
    private static Optional<Instant> founded(House house) {
        return house.list(SnapshotFiles.NODES).known().orElse(List.of()).stream()
                .flatMap(node -> SnapshotFiles.time(
                        node.path("metadata").path("creationTimestamp").asText())
                        .stream())
                .min(Comparator.naturalOrder());
    }
}
