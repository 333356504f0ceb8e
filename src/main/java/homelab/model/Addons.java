package homelab.model;

import java.net.URI;
import java.util.List;

/**
 * What is installed by Helm once the nodes are a cluster.
 *
 * @param helmVersion the Helm that does it, "v3.18.4"
 * @param helmDownloads where it is had: {@code <downloads>/helm-<version>-linux-<arch>.tar.gz}
 * @param releases in the order in which they are installed: storage, then Argo CD, then the user's own
 */
public record Addons(String helmVersion, URI helmDownloads, List<ChartRelease> releases) {
    public static final String HELM = "v3.18.4";
    public static final URI DOWNLOADS = URI.create("https://get.helm.sh");
    public static final Addons NONE = new Addons(HELM, DOWNLOADS, List.of());

    public Addons {
        releases = List.copyOf(releases);
    }

    public static Addons of(List<ChartRelease> releases) {
        return new Addons(HELM, DOWNLOADS, releases);
    }

    /** The same with these releases alone. */
    public Addons only(List<ChartRelease> some) {
        return new Addons(helmVersion, helmDownloads, some);
    }

    public boolean isEmpty() {
        return releases.isEmpty();
    }

    public boolean longhorn() {
        return releases.stream().anyMatch(release -> release.name().equals("longhorn"));
    }
}
