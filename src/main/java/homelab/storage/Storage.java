package homelab.storage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All volumes, the endangered first, and the disks of Longhorn. */
public record Storage(List<Volume> volumes, List<Disk> disks) {

    public Storage {
        volumes = volumes.stream()
                .sorted(Comparator.comparing(Volume::risk).thenComparing(Volume::title))
                .toList();
        disks = disks.stream()
                .sorted(Comparator.comparing(Disk::node).thenComparing(Disk::path))
                .toList();
    }

    /**
     * What the API told.
     *
     * @param persistent the list of PersistentVolumes, JSON
     * @param volumes of Longhorn; these three are empty texts where there is no Longhorn
     * @param replicas of Longhorn
     * @param nodes of Longhorn
     * @throws IllegalArgumentException when one of them is no JSON
     */
    public static Storage of(String persistent, String volumes, String replicas, String nodes) {
        List<Volume> longhorn = LonghornVolumes.of(volumes, replicas);
        List<Volume> all = new ArrayList<>(longhorn);
        all.addAll(PersistentVolumes.of(
                persistent, longhorn.stream().map(Volume::name).collect(Collectors.toSet())));
        return new Storage(all, LonghornVolumes.disks(nodes));
    }

    public List<Volume> with(Risk risk) {
        return volumes.stream().filter(volume -> volume.risk() == risk).toList();
    }

    /** What each node alone holds: the volumes that are gone when it is. */
    public Map<String, List<Volume>> onlyOn() {
        return with(Risk.ONE_NODE).stream()
                .collect(Collectors.groupingBy(
                        volume -> volume.nodes().iterator().next(), TreeMap::new, Collectors.toList()));
    }

    /** Whether there is something to mend: a copy that is missing, a disk that takes nothing. */
    public boolean ill() {
        return volumes.stream().anyMatch(Volume::ill)
                || disks.stream().anyMatch(disk -> !disk.problem().isEmpty());
    }
}
