package homelab.command;

import homelab.inventory.SecretReader;
import homelab.model.Cluster;
import homelab.model.Registries.ClientCertificate;
import homelab.model.RegistryLogin;
import homelab.model.Secret;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.K3sOutside;
import homelab.resource.K3sProxy;
import homelab.resource.K3sRegistries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads on this machine what the files are made of by which k3s reaches the outside. */
final class OutsideFiles implements K3sRegistries.Sources {
    private OutsideFiles() {}

    /** @throws Failure when a secret or a certificate cannot be had */
    static K3sOutside of(Cluster cluster) {
        return new K3sOutside(
                new K3sRegistries(cluster.outside().registries(), new OutsideFiles()).files(),
                cluster.outside().proxy().map(proxy -> new K3sProxy(cluster, proxy, SecretReader::read).file()));
    }

    @Override
    public Secret password(RegistryLogin login) {
        return SecretReader.read(login.password());
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
