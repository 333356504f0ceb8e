package homelab.command;

import homelab.inventory.SecretReader;
import homelab.model.Cluster;
import homelab.model.Registries.ClientCertificate;
import homelab.model.RegistryLogin;
import homelab.model.Secret;
import homelab.model.SecretSource;
import homelab.phase.Outward;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.K3sOutside;
import homelab.resource.K3sProxy;
import homelab.resource.K3sRegistries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads on this machine what the files are made of by which k3s reaches the outside: when somebody wants them, and each
 * source once, since it may ask the user.
 */
final class OutsideFiles implements Outward.Source, K3sRegistries.Sources {
    private final Cluster cluster;
    private final Map<SecretSource, Secret> found = new HashMap<>();
    private Optional<K3sOutside> made = Optional.empty();

    OutsideFiles(Cluster cluster) {
        this.cluster = cluster;
    }

    /** @throws Failure when a secret or a certificate cannot be had */
    @Override
    public synchronized K3sOutside files() {
        K3sOutside files = made.orElseGet(() -> new K3sOutside(
                new K3sRegistries(cluster.outside().registries(), this).files(),
                proxy().map(K3sProxy::file),
                environment()));
        made = Optional.of(files);
        return files;
    }

    @Override
    public synchronized Map<String, Secret> environment() {
        return proxy().map(K3sProxy::environment).orElse(Map.of());
    }

    private Optional<K3sProxy> proxy() {
        return cluster.outside().proxy().map(wanted -> new K3sProxy(cluster, wanted, this::secret));
    }

    private Secret secret(SecretSource source) {
        return found.computeIfAbsent(source, SecretReader::read);
    }

    @Override
    public Secret password(RegistryLogin login) {
        return secret(login.password());
    }

    @Override
    public Secret key(ClientCertificate client) {
        return SecretReader.lines(client.key());
    }

    @Override
    public String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "the certificate " + file + " cannot be read",
                            Files.exists(file) ? String.valueOf(e.getMessage()) : "there is no such file",
                            "name another under registries.configs of the inventory"));
        }
    }
}
