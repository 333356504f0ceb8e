package homelab.artifact;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of one k3s release for one architecture, as pinned. The local paths need not exist yet: they are where the
 * fetch puts verified files in the cache.
 *
 * @param version the tag, "v1.33.4+k3s1"
 * @param arch "amd64", "arm64" or "arm"
 * @param images the image archive, when it is wanted
 */
public record Release(String version, String arch, Artifact binary, Optional<Artifact> images) {

    /** @param name the file's name at the release; @param sha256 64 hex digits; @param cached where it is kept here */
    public record Artifact(String name, String sha256, Path cached) {}
}
