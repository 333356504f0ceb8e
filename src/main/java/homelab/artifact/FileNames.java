package homelab.artifact;

import java.util.List;

/**
 * How k3s names the files of a release for one architecture.
 *
 * @param images the image archive in order of preference: smaller first
 */
record FileNames(String binary, String sums, List<String> images) {

    /** @param arch as Debian and k3s's images say it; k3s says armhf for the binary and arm for everything else */
    static FileNames of(String arch) {
        String suffix = switch (arch) {
            case "amd64" -> "";
            case "arm" -> "-armhf";
            default -> "-" + arch;
        };
        String archive = "k3s-airgap-images-" + arch + ".tar";
        List<String> archives = List.of(archive + ".zst", archive + ".gz", archive);
        return new FileNames("k3s" + suffix, "sha256sum-" + arch + ".txt", archives);
    }
}
