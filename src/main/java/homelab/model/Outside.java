package homelab.model;

import java.util.Optional;

/**
 * How the nodes' k3s reaches what is not the cluster.
 *
 * @param registries from where images are had
 * @param proxy through whom, if not directly
 */
public record Outside(Registries registries, Optional<Proxy> proxy) {
    public static final Outside DIRECT = new Outside(Registries.NONE, Optional.empty());
}
