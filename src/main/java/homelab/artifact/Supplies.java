package homelab.artifact;

import homelab.model.ChartRelease;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What add-ons are installed with.
 *
 * @param helm the archive with the Helm program by architecture: "amd64", "arm64", "arm"
 * @param charts by the release's title
 * @param images SHA-256 of the archives of images that the user keeps
 */
public record Supplies(Map<String, Supply> helm, Map<String, Supply> charts, Map<Path, String> images) {
    public static final Supplies NONE = new Supplies(Map.of(), Map.of(), Map.of());

    public Supplies {
        helm = Map.copyOf(helm);
        charts = Map.copyOf(charts);
        images = Map.copyOf(images);
    }

    public Optional<Supply> chart(ChartRelease release) {
        return Optional.ofNullable(charts.get(release.title()));
    }
}
