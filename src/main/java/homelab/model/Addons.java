package homelab.model;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is installed once the nodes are a cluster.
 *
 * @param helmVersion the Helm that does it, "v3.18.4"
 * @param helmDownloads where it is had: {@code <downloads>/helm-<version>-linux-<arch>.tar.gz}
 * @param releases in the order in which they are installed: storage, then Argo CD, then the user's own
 * @param argo what Argo CD is told beside its values
 * @param bundled how what k3s brings along is configured
 * @param registries what opens registries of charts, by host as references have it: "ghcr.io", "localhost:5000"
 */
public record Addons(
        String helmVersion,
        URI helmDownloads,
        List<ChartRelease> releases,
        ArgoCd argo,
        Bundled bundled,
        Map<String, RegistryLogin> registries) {
    public static final String HELM = "v3.18.4";
    public static final URI DOWNLOADS = URI.create("https://get.helm.sh");
    public static final Addons NONE = Addons.of(List.of());

    public Addons {
        releases = List.copyOf(releases);
        registries = Map.copyOf(registries);
    }

    public static Addons of(List<ChartRelease> releases) {
        return new Addons(HELM, DOWNLOADS, releases, ArgoCd.NONE, Bundled.NONE, Map.of());
    }

    /** The same with these releases alone. */
    public Addons only(List<ChartRelease> some) {
        return new Addons(helmVersion, helmDownloads, some, argo, bundled, registries);
    }

    /** The release of Argo CD, if it is wanted. */
    public Optional<ChartRelease> argoCd() {
        return releases.stream()
                .filter(release -> release.name().equals(ArgoCd.RELEASE))
                .findFirst();
    }

    public boolean longhorn() {
        return releases.stream().anyMatch(release -> release.name().equals("longhorn"));
    }
}
