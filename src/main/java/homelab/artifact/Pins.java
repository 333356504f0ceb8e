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
import java.util.Map;
import java.util.TreeMap;

/**
 * The checksums that were seen at the first pull, kept beside the inventory, in {@code home.lock.yaml} for
 * {@code home.yaml}: whatever the release page says later, these are what is installed. Each inventory has its own, since
 * one may take its releases from a mirror of its own making.
 */
record Pins(Path file) {
    private static final String HEADER = """
            # The release files of this cluster and their SHA-256, as they were when first pulled.
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

    /** Adds to what is pinned; what is pinned already stays. Writes only when something is new. */
    void add(String version, Map<String, String> sums) {
        Map<String, Map<String, String>> before = read();
        Map<String, Map<String, String>> after = new TreeMap<>();
        before.forEach((tag, pinned) -> after.put(tag, new TreeMap<>(pinned)));
        Map<String, String> release = after.computeIfAbsent(version, tag -> new TreeMap<>());
        sums.forEach(release::putIfAbsent);
        if (!after.equals(before)) {
            write(text(after));
        }
    }

    private static String text(Map<String, Map<String, String>> releases) {
        StringBuilder text = new StringBuilder(HEADER).append("releases:\n");
        releases.forEach((version, sums) -> {
            text.append("  ").append(version).append(":\n");
            sums.forEach((name, sum) -> text.append("    " + name + ": " + sum + "\n"));
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
