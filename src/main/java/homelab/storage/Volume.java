package homelab.storage;

import homelab.storage.Copy.Health;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A volume of the cluster.
 *
 * @param name of the PersistentVolume, or of Longhorn's volume where there is none
 * @param claim NAMESPACE/NAME of who asked for it
 * @param kind "longhorn", "local", "nfs", or the name of another driver
 * @param bytes as promised, not as used
 * @param state "attached to ultron", "detached", or the phase of the PersistentVolume ("Bound", "Released")
 * @param copies where the data lies; none for what is kept outside of the nodes
 * @param wanted how many copies were asked for
 */
public record Volume(
        String name, Optional<String> claim, String kind, long bytes, String state, List<Copy> copies, int wanted) {

    public Volume {
        copies = List.copyOf(copies);
    }

    /** What people know it by. */
    public String title() {
        return claim.orElse(name);
    }

    /** Two copies on one node are as good as one when the node goes. */
    public Set<String> nodes() {
        return copies.stream()
                .filter(copy -> copy.health() == Health.HEALTHY)
                .map(Copy::node)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public int healthy() {
        return (int)
                copies.stream().filter(copy -> copy.health() == Health.HEALTHY).count();
    }

    public Risk risk() {
        if (wanted == 0) {
            return Risk.ELSEWHERE;
        } else if (nodes().isEmpty()) {
            return Risk.LOST;
        } else if (nodes().size() == 1) {
            return Risk.ONE_NODE;
        }
        return healthy() < wanted ? Risk.DEGRADED : Risk.SAFE;
    }

    /** Fewer healthy copies than were asked for. A volume that was asked for once is on one node because it was told to. */
    public boolean ill() {
        return healthy() < wanted;
    }
}
