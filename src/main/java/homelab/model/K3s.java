package homelab.model;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What k3s is to be.
 *
 * @param releases where release files are had: {@code <releases>/<tag>/<file>}
 * @param channels who is asked which release a channel such as {@code stable} means
 * @param airgapImages whether the image archive of the release is brought along
 * @param clusterInit embedded etcd rather than SQLite for a single server
 * @param snapshots etcd snapshot settings by k3s's own key without its {@code etcd-snapshot-} prefix
 * @param config further keys handed to k3s as they are, in the order of the file; never one that homelab owns; values
 *     are String, Boolean, Long, List and Map of these
 * @param token where the cluster token comes from; without one k3s makes it and the live one is read
 * @param s3 to which sealed copies of snapshots may go; k3s itself is told nothing of it
 */
public record K3s(
        K3sVersion version,
        URI releases,
        URI channels,
        boolean airgapImages,
        List<String> tlsSans,
        boolean clusterInit,
        boolean secretsEncryption,
        Backend backend,
        Map<String, String> snapshots,
        List<String> disable,
        List<String> kubeletArgs,
        List<String> apiserverArgs,
        Map<String, Object> config,
        Optional<SecretSource> token,
        Optional<S3> s3) {

    public K3s {
        tlsSans = List.copyOf(tlsSans);
        snapshots = Ordered.copy(snapshots);
        disable = List.copyOf(disable);
        kubeletArgs = List.copyOf(kubeletArgs);
        apiserverArgs = List.copyOf(apiserverArgs);
        config = Ordered.copy(config);
        for (String key : config.keySet()) {
            if (OwnedConfig.insteadOf(key).isPresent()) {
                throw new IllegalArgumentException("'" + key + "' is written by homelab");
            }
        }
    }

    /** The same of this release. */
    K3s with(K3sVersion other) {
        return new K3s(
                other,
                releases,
                channels,
                airgapImages,
                tlsSans,
                clusterInit,
                secretsEncryption,
                backend,
                snapshots,
                disable,
                kubeletArgs,
                apiserverArgs,
                config,
                token,
                s3);
    }

    /** The same with its data in embedded etcd. */
    K3s inEtcd() {
        return new K3s(
                version,
                releases,
                channels,
                airgapImages,
                tlsSans,
                true,
                secretsEncryption,
                backend,
                snapshots,
                disable,
                kubeletArgs,
                apiserverArgs,
                config,
                token,
                s3);
    }

    /** The same without these components as well. */
    public K3s without(Collection<String> components) {
        Set<String> all = new LinkedHashSet<>(disable);
        all.addAll(components);
        return new K3s(
                version,
                releases,
                channels,
                airgapImages,
                tlsSans,
                clusterInit,
                secretsEncryption,
                backend,
                snapshots,
                List.copyOf(all),
                kubeletArgs,
                apiserverArgs,
                config,
                token,
                s3);
    }
}
