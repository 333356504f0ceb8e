package homelab.resource;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a k3s process was started with: part to SHA-256 or "none". The host writes the very same text before each start
 * (templates/usr/local/lib/homelab/k3s-started), so a file that was changed after the start shows, even when the run
 * that changed it was killed before it could restart k3s.
 */
public record K3sFingerprint(Map<String, String> parts) {
    private static final Map<String, String> TOLD = Map.of(
            "binary",
            "program",
            "config",
            "config.yaml",
            "drop-in",
            "10-homelab.conf",
            "token",
            "token",
            "unit",
            "unit file");

    public K3sFingerprint {
        parts = Map.copyOf(parts);
    }

    /** @param token the token file's text, "" when there is none */
    public static K3sFingerprint of(String binarySha256, String config, String token, String unit, String dropIn) {
        return new K3sFingerprint(Map.of(
                "binary", binarySha256,
                "config", sha256(restarting(config)),
                "drop-in", sha256(dropIn),
                "token", token.isEmpty() ? "none" : sha256(token),
                "unit", sha256(unit)));
    }

    /** Labels and taints count at registration alone, so k3s need not restart for them. */
    private static String restarting(String config) {
        return config.lines()
                .filter(line -> !line.startsWith("node-label:") && !line.startsWith("node-taint:"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    static K3sFingerprint parse(String text) {
        return new K3sFingerprint(text.lines()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2)
                .collect(Collectors.toMap(words -> words[0], words -> words[1], (first, second) -> second)));
    }

    /** As it stands on the host. */
    String text() {
        return new TreeMap<>(parts)
                .entrySet().stream()
                        .map(part -> part.getKey() + " " + part.getValue() + "\n")
                        .collect(Collectors.joining());
    }

    /** What must be taken up by a restart. */
    List<Change> changesTo(K3sFingerprint wanted) {
        if (parts.isEmpty()) {
            return List.of(new Change("k3s runs with", "settings that homelab has not seen", "those of the inventory"));
        }
        return new TreeMap<>(wanted.parts)
                .entrySet().stream()
                        .filter(part -> !part.getValue().equals(parts.get(part.getKey())))
                        .map(part -> new Change(
                                "k3s runs with",
                                "another " + TOLD.getOrDefault(part.getKey(), part.getKey()),
                                "the wanted one"))
                        .toList();
    }

    private static String sha256(String text) {
        return Content.of(text).sha256();
    }

    /** A short secret could be guessed from its sum. */
    @Override
    public String toString() {
        return "K3sFingerprint" + parts.keySet();
    }
}
