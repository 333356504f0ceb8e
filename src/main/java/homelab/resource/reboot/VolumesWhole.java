package homelab.resource.reboot;

import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.storage.Copy;
import homelab.storage.Storage;
import homelab.storage.Volume;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every volume of Longhorn has its copies. Asked on a server.
 *
 * @param but titles of those that had too few before anything was done: nobody waits for them
 */
public record VolumesWhole(Set<String> but) implements Resource {
    private static final String LONGHORN = "/apis/longhorn.io/v1beta2/";

    private static final Probe<String> PERSISTENT = read("/api/v1/persistentvolumes");
    private static final Probe<String> VOLUMES = read(LONGHORN + "volumes");
    private static final Probe<String> REPLICAS = read(LONGHORN + "replicas");

    public VolumesWhole {
        but = Set.copyOf(but);
    }

    private static Probe<String> read(String path) {
        return ApiReads.whole("storage:" + path, path);
    }

    @Override
    public String id() {
        return "volumes with all their copies";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(PERSISTENT, VOLUMES, REPLICAS);
    }

    /** Where Longhorn is not installed, its paths tell of no volumes. */
    public static Reading<Storage> storage(Readings readings) {
        for (Probe<String> probe : List.of(PERSISTENT, VOLUMES, REPLICAS)) {
            if (readings.of(probe) instanceof Reading.Unknown<String> unknown) {
                return new Reading.Unknown<>(unknown.why());
            }
        }
        return new Reading.Known<>(
                Storage.of(text(readings, PERSISTENT), text(readings, VOLUMES), text(readings, REPLICAS), ""));
    }

    private static String text(Readings readings, Probe<String> probe) {
        return readings.of(probe).known().orElse("");
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(storage(readings), this::judged);
    }

    private Status judged(Storage storage) {
        Stream<Volume> ill = storage.volumes().stream()
                .filter(volume -> volume.ill() && volume.kind().equals("longhorn") && !but.contains(volume.title()));
        List<Change> changes = ill.map(VolumesWhole::change).toList();
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.WAIT);
    }

    private static Change change(Volume volume) {
        boolean filled = volume.copies().stream().anyMatch(copy -> copy.health() == Copy.Health.REBUILDING);
        return new Change(
                "volume " + volume.title(),
                volume.healthy() + " of " + volume.wanted() + " copies" + (filled ? ", one is being filled" : ""),
                "all of them");
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    /** A copy of some ten GiB is filled over a home's network in that time. */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(30);
    }
}
