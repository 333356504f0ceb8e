package homelab.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A file that a lock file names.
 *
 * @param group the tag of a release of k3s, "helm" or "charts"
 */
public record Pinned(String group, String name, String sha256) {

    /** All that the inventory's lock file names; none while there is none. */
    public static List<Pinned> beside(Path inventory) {
        return of(Pins.beside(inventory));
    }

    private static List<Pinned> of(Pins pins) {
        List<Pinned> all = new ArrayList<>();
        pins.read().forEach((group, sums) -> sums.forEach((name, sum) -> all.add(new Pinned(group, name, sum))));
        return all;
    }

    /** The sums that any lock file in the inventory's folder names. */
    public static Set<String> sumsInFolderOf(Path inventory) {
        Set<String> sums = new TreeSet<>();
        try (Stream<Path> files = Files.list(inventory.toAbsolutePath().resolveSibling(""))) {
            files.filter(file -> file.toString().endsWith(".lock.yaml"))
                    .forEach(file -> of(new Pins(file)).forEach(pinned -> sums.add(pinned.sha256())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sums;
    }

    /** Of a release, "amd64", "arm64" or "arm", where the name tells. */
    public List<String> architecture() {
        if (name.equals("k3s")) {
            return List.of("amd64");
        }
        return name.equals("k3s-arm64") ? List.of("arm64") : name.equals("k3s-armhf") ? List.of("arm") : List.of();
    }
}
