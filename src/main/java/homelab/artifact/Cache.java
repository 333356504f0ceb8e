package homelab.artifact;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where downloaded files are kept between runs and clusters, each under its own checksum.
 *
 * @param root the folder of all artefacts
 */
public record Cache(Path root) {

    /** {@code $XDG_CACHE_HOME/homelab/artifacts}, or below {@code ~/.cache} as the XDG base directories say. */
    public static Cache of(Map<String, String> environment) {
        String set = environment.getOrDefault("XDG_CACHE_HOME", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        // The specification says that a relative path is to be ignored.
        Path base = set.startsWith("/") ? Path.of(set) : Path.of(home, ".cache");
        return new Cache(base.resolve("homelab").resolve("artifacts"));
    }

    Release.Artifact artifact(String name, String sha256) {
        return new Release.Artifact(name, sha256, root.resolve(sha256).resolve(name));
    }
}
