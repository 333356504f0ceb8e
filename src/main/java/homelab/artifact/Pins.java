package homelab.artifact;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The checksums that were seen at the first pull, kept beside the inventory, in {@code home.lock.yaml} for
 * {@code home.yaml}: whatever the release page says later, these are what is installed. Each inventory has its own, since
 * one may take its releases from a mirror of its own making.
 */
record Pins(Path file) {
    /** Groups of files that belong to no release of k3s. */
    static final Set<String> FLAT = Set.of("charts", "helm");

    private static final String HEADER = """
            # The files that this cluster is made of and their SHA-256, as they were when first pulled.
            # Written by homelab. Keep it with the inventory. To trust a release anew, remove its lines.
            """;

    static Pins beside(Path inventory) {
        String name = String.valueOf(inventory.getFileName()).replaceFirst("\\.ya?ml$", "");
        return new Pins(inventory.toAbsolutePath().resolveSibling(name + ".lock.yaml"));
    }

    Sums of(String version) {
        return new Sums(read().getOrDefault(version, Map.of()));
    }

    Map<String, Map<String, String>> read() {
        try {
            return Files.exists(file) ? PinFile.parse(file, Files.readString(file)) : Map.of();
        } catch (IOException e) {
            throw fault("cannot read " + file, e);
        }
    }

    /** Of a file that belongs to no release of k3s. @param group one of {@link #FLAT} */
    Optional<String> of(String group, String file) {
        return of(group).first(List.of(file)).map(of(group).byName()::get);
    }

    void add(String version, Map<String, String> sums) {
        addAll(Map.of(version, sums));
    }

    /** Adds to what is pinned; what is pinned already stays. Writes only when something is new. */
    void addAll(Map<String, Map<String, String>> groups) {
        Map<String, Map<String, String>> before = read();
        Map<String, Map<String, String>> after = new TreeMap<>();
        before.forEach((group, pinned) -> after.put(group, new TreeMap<>(pinned)));
        groups.forEach((group, sums) -> {
            Map<String, String> pinned = after.computeIfAbsent(group, key -> new TreeMap<>());
            sums.forEach(pinned::putIfAbsent);
        });
        after.values().removeIf(Map::isEmpty);
        if (!after.equals(before)) {
            write(text(after));
        }
    }

    private static String text(Map<String, Map<String, String>> groups) {
        StringBuilder text = new StringBuilder(HEADER);
        groups.forEach((group, sums) -> {
            if (FLAT.contains(group)) {
                text.append(group).append(":\n");
                sums.forEach((name, sum) -> text.append("  " + name + ": " + sum + "\n"));
            }
        });
        if (!FLAT.containsAll(groups.keySet())) {
            text.append("releases:\n");
        }
        groups.forEach((group, sums) -> {
            if (!FLAT.contains(group)) {
                text.append("  ").append(group).append(":\n");
                sums.forEach((name, sum) -> text.append("    " + name + ": " + sum + "\n"));
            }
        });
        return text.toString();
    }

    /** Through a file beside it, so that a power cut leaves the old or the new one and never half. */
    private void write(String text) {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw fault("cannot write " + file, e);
        }
    }

    private Failure fault(String what, IOException e) {
        String fix = "make the folder of the inventory writable; the lock file belongs beside the inventory";
        return new Failure(Exit.FAILED, Problem.of(what, Faults.words(e), fix), e);
    }
}
