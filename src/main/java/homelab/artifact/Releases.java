package homelab.artifact;

import homelab.artifact.Release.Artifact;
import homelab.model.Cluster;
import homelab.model.K3s;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds out which files a cluster's k3s release is made of, by pin or, the first time, by the release's own sums. */
public final class Releases {
    private final Pins pins;
    private final Cache cache;
    private final Fetch fetch;

    /** @param inventory beside which its lock file lies or will lie */
    public Releases(Path inventory, Cache cache, Fetch fetch) {
        this.pins = Pins.beside(inventory);
        this.cache = cache;
        this.fetch = fetch;
    }

    /**
     * The release by architecture. What is pinned needs no network; nothing is written but the cache.
     *
     * @param arches as k3s names them: "amd64", "arm64", "arm"
     * @param offline never to look anything up
     * @throws homelab.problem.Failure when something is not pinned and cannot be looked up
     */
    public Map<String, Release> resolve(Cluster cluster, Collection<String> arches, boolean offline) {
        Map<String, Release> found = new TreeMap<>();
        arches.forEach(arch -> found.put(arch, resolve(cluster.k3s(), arch, offline)));
        return found;
    }

    /** Pins what was resolved, so that it stays what it is. Existing pins are never changed. */
    public void pin(Map<String, Release> releases) {
        releases.values().forEach(release -> {
            Map<String, String> sums = new TreeMap<>();
            sums.put(release.binary().name(), release.binary().sha256());
            release.images().ifPresent(images -> sums.put(images.name(), images.sha256()));
            pins.add(release.version(), sums);
        });
    }

    /** Where a file of the cluster's release is had. */
    public static URI uri(Cluster cluster, String file) {
        return uri(cluster.k3s(), file);
    }

    private static URI uri(K3s k3s, String file) {
        String base = k3s.releases().toString().replaceFirst("/+$", "");
        return URI.create(base + "/" + k3s.version().toString().replace("+", "%2B") + "/" + file);
    }

    private Release resolve(K3s k3s, String arch, boolean offline) {
        FileNames names = FileNames.of(arch);
        String version = k3s.version().toString();
        Sums sums = pins.of(version);
        if (!complete(k3s, names, sums)) {
            if (offline) {
                throw Faults.unpinned(pins.file(), version, names.binary());
            }
            sums = sums.and(Sums.parse(fetch.text(uri(k3s, names.sums()))));
        }
        return release(k3s, arch, names, sums);
    }

    private static boolean complete(K3s k3s, FileNames names, Sums sums) {
        return sums.first(List.of(names.binary())).isPresent()
                && (!k3s.airgapImages() || sums.first(names.images()).isPresent());
    }

    private Release release(K3s k3s, String arch, FileNames names, Sums sums) {
        Artifact binary = artifact(k3s, names, List.of(names.binary()), sums);
        Optional<Artifact> images =
                k3s.airgapImages() ? Optional.of(artifact(k3s, names, names.images(), sums)) : Optional.empty();
        return new Release(k3s.version().toString(), arch, binary, images);
    }

    private Artifact artifact(K3s k3s, FileNames names, List<String> wanted, Sums sums) {
        String name = sums.first(wanted)
                .orElseThrow(() -> Faults.unlisted(uri(k3s, names.sums()), String.join(" or ", wanted)));
        return cache.artifact(name, sums.byName().getOrDefault(name, ""));
    }
}
