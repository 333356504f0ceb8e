package homelab.resource;

import homelab.model.ClusterToken;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a k3s process was started with: part to SHA-256 or "none". The host writes the very same text before each start
 * (templates/usr/local/lib/homelab/k3s-started), so a file that was changed after the start shows, even when the run
 * that changed it was killed before it could restart k3s.
 *
 * @param settled whether the node is a member: whom it joins, and which form its token has, then counts no longer
 */
public record K3sFingerprint(Map<String, String> parts, boolean settled) {
    private static final List<String> AT_REGISTRATION = List.of("node-label:", "node-taint:");
    private static final List<String> AT_JOINING = List.of("server:", "cluster-init:", "token-file:");

    private static final Map<String, String> TOLD = Map.of(
            "binary", "program",
            "config", "config.yaml",
            "drop-in", "10-homelab.conf",
            "join", "server to join",
            "proxy", "proxy",
            "registries", "registries.yaml",
            "token", "token",
            "unit", "unit file");

    /** Parts that a k3s may also be started without. */
    private static final Set<String> AT_WILL = Set.of("proxy", "registries");

    public K3sFingerprint {
        parts = Map.copyOf(parts);
    }

    /**
     * @param token what lets the node in; none when it has no token file
     * @param settled whether the node is a member already
     */
    public static K3sFingerprint of(
            String binarySha256,
            String config,
            Optional<ClusterToken> token,
            String unit,
            String dropIn,
            boolean settled) {
        Map<String, String> parts = Map.of(
                "binary", binarySha256,
                "config", sha256(lines(config, line -> !begins(line, AT_REGISTRATION) && !begins(line, AT_JOINING))),
                "join", sha256(lines(config, line -> begins(line, AT_JOINING))),
                "drop-in", sha256(dropIn),
                "token", token.map(K3sFingerprint::password).orElse("none"),
                "unit", sha256(unit));
        return new K3sFingerprint(parts, settled);
    }

    /** The same, of a k3s that is also started with these files. */
    public K3sFingerprint with(K3sOutside outside) {
        Map<String, String> all = new TreeMap<>(parts);
        all.putAll(outside.parts());
        return new K3sFingerprint(all, settled);
    }

    private static String password(ClusterToken token) {
        return sha256(token.password().reveal() + "\n");
    }

    private static boolean begins(String line, List<String> keys) {
        return keys.stream().anyMatch(line::startsWith);
    }

    /** Labels and taints count at registration alone, so k3s need not restart for them. */
    private static String lines(String config, Predicate<String> wanted) {
        return config.lines().filter(wanted).map(line -> line + "\n").collect(Collectors.joining());
    }

    static K3sFingerprint parse(String text) {
        return new K3sFingerprint(
                text.lines()
                        .map(line -> line.split(" ", 2))
                        .filter(words -> words.length == 2)
                        .collect(Collectors.toMap(words -> words[0], words -> words[1], (first, second) -> second)),
                false);
    }

    /** As it stands on the host. */
    String text() {
        return text(parts.keySet());
    }

    private String text(Collection<String> names) {
        return new TreeSet<>(names)
                .stream().map(name -> name + " " + parts.get(name) + "\n").collect(Collectors.joining());
    }

    /** Shell that ends well when the process at work was started with the parts that count, as {@link #changesFrom} has it. */
    String isStarted() {
        Set<String> names = new TreeSet<>(parts.keySet());
        String token = parts.getOrDefault("token", "none");
        String counted = "p";
        if (settled) {
            names.remove("join");
            counted = "/^join /d; s/^token none$/token " + token + "/; p";
        }
        if (settled && token.equals("none")) {
            names.remove("token");
            counted = "/^join /d; /^token /d; p";
        }
        return "[ \"$(sed -n '" + counted + "' /run/homelab/k3s.started 2>/dev/null)\" = '"
                + text(names).strip() + "' ]";
    }

    /** What must be taken up by a restart of what was started so; empty when nothing must. */
    List<Change> changesFrom(K3sFingerprint started) {
        if (started.parts.isEmpty()) {
            return List.of(new Change("k3s runs with", "settings that homelab has not seen", "those of the inventory"));
        }
        Set<String> names = new TreeSet<>(parts.keySet());
        AT_WILL.stream().filter(started.parts::containsKey).forEach(names::add);
        return names.stream()
                .filter(name -> counts(name, started) && !Objects.equals(parts.get(name), started.parts.get(name)))
                .map(name -> new Change(
                        "k3s runs with", before(name, started) + TOLD.getOrDefault(name, name), wanted(name)))
                .toList();
    }

    private String before(String name, K3sFingerprint started) {
        boolean both = started.parts.containsKey(name) && parts.containsKey(name);
        return both || !AT_WILL.contains(name) ? "another " : parts.containsKey(name) ? "no " : "a ";
    }

    private String wanted(String name) {
        return parts.containsKey(name) ? "the wanted one" : "none";
    }

    /**
     * The server that founded the cluster was started without the token that it then made; one that is the last of several
     * was started with a token file that it no longer needs. Either keeps the cluster's own.
     */
    private boolean counts(String name, K3sFingerprint started) {
        boolean keeps =
                name.equals("token") && ("none".equals(started.parts.get(name)) || "none".equals(parts.get(name)));
        return !settled || !name.equals("join") && !keeps;
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
