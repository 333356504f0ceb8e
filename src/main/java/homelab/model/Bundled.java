package homelab.model;

import java.util.Optional;
import java.util.Set;

/**
 * How what k3s brings along is configured; what is not said here is left to k3s.
 *
 * @param localPath the folder on the nodes below which local-path keeps volumes
 * @param wanted components of k3s, as {@code --disable} names them, of which the inventory says that they are there
 */
public record Bundled(
        Optional<Traefik> traefik, Optional<ClusterNames> names, Optional<String> localPath, Set<String> wanted) {
    public static final Bundled NONE = new Bundled(Optional.empty(), Optional.empty(), Optional.empty(), Set.of());

    public Bundled {
        wanted = Set.copyOf(wanted);
    }
}
