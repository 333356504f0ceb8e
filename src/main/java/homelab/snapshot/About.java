package homelab.snapshot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was written down beside a snapshot when it was taken.
 *
 * @param cluster its name in the inventory of then
 * @param node the server that took it
 * @param ca SHA-256 of the cluster CA, 64 lower-case hex digits
 * @param version of k3s, as its {@code --version} says
 * @param revision of etcd just before; the snapshot is of this one or a later one; empty when etcd did not tell
 * @param keys how many etcd held then; empty when etcd did not tell
 * @param token SHA-256 of the cluster token that the snapshot needs to be opened
 */
public record About(
        String cluster,
        String node,
        String ca,
        String version,
        Optional<Long> revision,
        Optional<Long> keys,
        String token) {

    /** @param lines {@code key value}, in any order; what is not there reads as empty */
    public static About parse(Iterable<String> lines) {
        Map<String, String> found = new LinkedHashMap<>();
        lines.forEach(line -> {
            String[] pair = line.split(" ", 2);
            found.put(pair[0], pair.length == 2 ? pair[1].strip() : "");
        });
        return new About(
                found.getOrDefault("cluster", ""),
                found.getOrDefault("node", ""),
                found.getOrDefault("ca", ""),
                found.getOrDefault("version", ""),
                number(found.get("revision")),
                number(found.get("keys")),
                found.getOrDefault("token", ""));
    }

    private static Optional<Long> number(@org.jspecify.annotations.Nullable String text) {
        return Optional.ofNullable(text)
                .filter(digits -> digits.matches("\\d{1,18}"))
                .map(Long::parseLong);
    }
}
