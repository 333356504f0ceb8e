package homelab.inventory;

import homelab.model.Backend;
import homelab.model.K3s;
import homelab.model.OwnedConfig;
import homelab.problem.Place;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code k3s:}. */
final class K3sSection {
    private static final URI RELEASES = URI.create("https://github.com/k3s-io/k3s/releases/download");
    private static final URI CHANNELS = URI.create("https://update.k3s.io/v1-release/channels");

    /** Keys of k3s whose value is a secret, or holds one. */
    private static final Set<String> SECRET =
            Set.of("agent-token", "etcd-s3-access-key", "etcd-s3-secret-key", "vpn-auth", "datastore-endpoint");

    private K3sSection() {}

    /** Empty when the version could not be read; then a mistake was noted. */
    static Optional<K3s> read(Fields fields, Paths paths) {
        var releases = fields.one("releases", Kinds.URL, RELEASES);
        var channels = fields.one("channels", Kinds.URL, CHANNELS);
        var airgapImages = fields.one("airgap-images", Kinds.FLAG, false);
        var sans = fields.list("tls-san", Kinds.SAN);
        var clusterInit = fields.one("cluster-init", Kinds.FLAG, true);
        var encryption = fields.one("secrets-encryption", Kinds.FLAG, true);
        var backend = fields.one("flannel-backend", Kinds.BACKEND, Backend.VXLAN);
        Fields kept = fields.section("snapshots", Section.SNAPSHOTS);
        var snapshots = snapshots(kept);
        var disable = fields.list("disable", Kinds.COMPONENT);
        var kubeletArgs = fields.list("kubelet-args", Kinds.ARGUMENT);
        var apiserverArgs = fields.list("apiserver-args", Kinds.ARGUMENT);
        var config = config(fields);
        var token = TokenSection.read(fields, paths);
        var s3 = S3Section.read(kept, paths);
        return fields.one("version", Kinds.VERSION)
                .map(version -> new K3s(
                        version,
                        releases.orElse(RELEASES),
                        channels.orElse(CHANNELS),
                        airgapImages.orElse(false),
                        sans,
                        clusterInit.orElse(true),
                        encryption.orElse(true),
                        backend.orElse(Backend.VXLAN),
                        snapshots,
                        disable,
                        kubeletArgs,
                        apiserverArgs,
                        config,
                        token,
                        s3));
    }

    private static Map<String, String> snapshots(Fields fields) {
        Map<String, String> snapshots = new LinkedHashMap<>();
        fields.one("schedule-cron", Kinds.CRON).ifPresent(cron -> snapshots.put("schedule-cron", cron));
        fields.one("retention", Kinds.COUNT).ifPresent(count -> snapshots.put("retention", count.toString()));
        fields.one("dir", Kinds.REMOTE_PATH).ifPresent(dir -> snapshots.put("dir", dir));
        fields.one("compress", Kinds.FLAG).ifPresent(flag -> snapshots.put("compress", flag.toString()));
        return snapshots;
    }

    private static Map<String, Object> config(Fields fields) {
        Map<String, Tree.Pair> free = new LinkedHashMap<>(fields.map("config"));
        free.entrySet()
                .removeIf(pair -> refused(fields, pair.getKey(), pair.getValue().key()));
        return Free.map(free, fields.path("config"), fields.mistakes());
    }

    private static boolean refused(Fields fields, String key, Place place) {
        String path = fields.path("config") + "." + key;
        Optional<String> instead = OwnedConfig.insteadOf(key);
        instead.ifPresent(use -> fields.mistakes()
                .add(place, path + " is written by homelab", "two hands on one setting would fight", use));
        if (SECRET.contains(key)) {
            fields.mistakes()
                    .add(
                            place.hidden(),
                            path + " would hold a secret",
                            "an inventory is copied and committed, so no secret stands in it",
                            "put it into a file on the servers, below /etc/rancher/k3s/config.yaml.d/");
        }
        return instead.isPresent() || SECRET.contains(key);
    }
}
