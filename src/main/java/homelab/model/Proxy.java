package homelab.model;

import java.util.List;
import java.util.Optional;

/**
 * Through whom k3s reaches what is outside of the cluster's networks (k3s, Configuring an HTTP proxy).
 *
 * @param http address of the proxy for http; a login in it makes it a secret
 * @param https address of the proxy for https, likewise
 * @param direct what is reached without it beside the cluster's own: names, domains, addresses, networks
 */
public record Proxy(Optional<SecretSource> http, Optional<SecretSource> https, List<String> direct) {
    public Proxy {
        direct = List.copyOf(direct);
    }
}
