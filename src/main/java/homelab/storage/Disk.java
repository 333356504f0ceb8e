package homelab.storage;

/**
 * A disk that Longhorn uses.
 *
 * @param free bytes of its file system
 * @param promised bytes to replicas, whether written or not
 * @param problem why nothing new is put there; "" when all is well
 */
public record Disk(String node, String path, long size, long free, long promised, String problem) {}
