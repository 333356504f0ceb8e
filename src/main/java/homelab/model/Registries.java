package homelab.model;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From where nodes have images (k3s, Private Registry Configuration).
 *
 * @param mirrors by the registry that image names have: "docker.io", "registry.home.arpa:5000", "*" for all others
 * @param hosts how registries and mirrors are opened, by host as their address has it: "10.0.1.5:5000"
 */
public record Registries(Map<String, Mirror> mirrors, Map<String, Opened> hosts) {
    public static final Registries NONE = new Registries(Map.of(), Map.of());

    public Registries {
        mirrors = Ordered.copy(mirrors);
        hosts = Ordered.copy(hosts);
    }

    public boolean isEmpty() {
        return mirrors.isEmpty() && hosts.isEmpty();
    }

    /**
     * Who is asked in place of a registry.
     *
     * @param endpoints asked in this order; the registry itself comes last
     * @param rewrite what names of images become there, by regular expressions
     */
    public record Mirror(List<URI> endpoints, Map<String, String> rewrite) {
        public Mirror {
            endpoints = List.copyOf(endpoints);
            rewrite = Ordered.copy(rewrite);
        }
    }

    /**
     * How one is opened.
     *
     * @param login who comes, if that is asked
     * @param ca a file of this machine: who vouches for its certificate
     * @param client a certificate of the nodes, if it asks for one
     * @param unverified whether its certificate is taken unseen
     */
    public record Opened(
            Optional<RegistryLogin> login, Optional<Path> ca, Optional<ClientCertificate> client, boolean unverified) {}

    /** @param certificate a file of this machine @param key where its key comes from */
    public record ClientCertificate(Path certificate, SecretSource key) {}
}
