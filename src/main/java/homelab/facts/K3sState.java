package homelab.facts;

import java.util.Optional;
import java.util.Set;

/**
 * What a host has of k3s.
 *
 * @param version of {@code /usr/local/bin/k3s}, as its {@code --version} says ("v1.33.4+k3s1")
 * @param binarySha256 of that file
 * @param unit "k3s" or "k3s-agent", the unit file that is there
 * @param active the unit's ActiveState ("active", "activating", "failed", "inactive")
 * @param config whether /etc/rancher/k3s/config.yaml is there
 * @param caSha256 SHA-256 of the cluster CA the host knows (server/tls/server-ca.crt or agent/server-ca.crt)
 * @param tokenSha256 SHA-256 of the whole text of server/token without its final newline
 * @param datastore "etcd", "sqlite" or "none"
 * @param apiReady whether the API server on this host answers {@code /readyz} with ok; false on agents
 * @param podCidr the pod network of this node from /run/flannel/subnet.env, if flannel has run
 * @param images the image archives of releases in agent/images, by file name
 * @param settings what k3s's files say
 * @param password whether the host has a node password; without one it can take no name that the cluster has a
 *     password for
 */
public record K3sState(
        Optional<String> version,
        Optional<String> binarySha256,
        Optional<String> unit,
        String active,
        boolean config,
        Optional<String> caSha256,
        Optional<String> tokenSha256,
        String datastore,
        boolean apiReady,
        Optional<String> podCidr,
        Set<String> images,
        K3sSettings settings,
        boolean password) {

    public K3sState {
        images = Set.copyOf(images);
    }

    /** With data k3s goes on with the cluster that it belongs to, whatever its settings say of founding and joining. */
    public boolean holdsData() {
        return !datastore.equals("none");
    }

    public boolean running() {
        return active.equals("active");
    }
}
