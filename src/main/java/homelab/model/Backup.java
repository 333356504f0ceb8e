package homelab.model;

import java.util.List;
import java.util.Optional;

/**
 * What of the nodes' own data is copied elsewhere, where to, and how long it is kept.
 *
 * @param to where copies lie; a node takes the first that is another node
 * @param password what the copies are sealed with
 * @param volumes of local-path: {@code all}, namespaces, or {@code NAMESPACE/CLAIM}
 * @param days after so many days without a copy doctor tells of it
 * @param at the time of day at which nodes do it by themselves, "03:30"; only by hand when absent
 */
public record Backup(
        List<Place> to,
        SecretSource password,
        List<String> volumes,
        List<Folder> folders,
        Keep keep,
        int days,
        Optional<String> at) {

    /** A folder of a node in which copies lie. */
    public record Place(NodeName node, String path) {}

    /** @param freeze whether its file system stands still meanwhile; it is one of its own then */
    public record Folder(NodeName node, String path, boolean freeze) {}

    /** How many days, weeks and months back one copy each is kept. */
    public record Keep(int daily, int weekly, int monthly) {
        public static final Keep USUAL = new Keep(7, 4, 6);
    }

    public Backup {
        to = List.copyOf(to);
        volumes = List.copyOf(volumes);
        folders = List.copyOf(folders);
        if (to.isEmpty()) {
            throw new IllegalArgumentException("a backup lies somewhere");
        }
    }

    /** A copy beside the original goes with it, so another node's place comes first. */
    public Place placeOf(NodeName node) {
        return to.stream()
                .filter(place -> !place.node().equals(node))
                .findFirst()
                .orElse(to.get(0));
    }

    public List<Folder> foldersOf(NodeName node) {
        return folders.stream().filter(folder -> folder.node().equals(node)).toList();
    }

    /** Whether a claim of local-path is to be copied. */
    public boolean covers(String namespace, String claim) {
        return volumes.contains("all") || volumes.contains(namespace) || volumes.contains(namespace + "/" + claim);
    }

    /** Whether a node has, or may come to have, something that is to be copied. */
    public boolean concerns(NodeName node) {
        return !volumes.isEmpty() || !foldersOf(node).isEmpty();
    }
}
