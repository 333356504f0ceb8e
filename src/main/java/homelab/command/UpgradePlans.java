package homelab.command;

import homelab.model.Cluster;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans for the system-upgrade-controller that bring a cluster to its release of k3s, as
 * docs.k3s.io/upgrades/automated has them (read on 2026-11-23).
 *
 * @param files by name, in the order in which they are to be applied
 */
record UpgradePlans(Map<String, String> files) {

    UpgradePlans {
        files = new LinkedHashMap<>(files);
    }

    static UpgradePlans of(Cluster cluster) {
        Map<String, String> values = Map.of(
                "cluster", cluster.name(), "version", cluster.k3s().version().toString());
        List<String> names = cluster.agents().isEmpty()
                ? List.of("server-plan.yaml")
                : List.of("server-plan.yaml", "agent-plan.yaml");
        Map<String, String> files = new LinkedHashMap<>();
        names.forEach(
                name -> files.put(name, Templates.load("system-upgrade/" + name).fill(values)));
        return new UpgradePlans(files);
    }

    /** As one stream for {@code kubectl apply -f -}. */
    String text() {
        return String.join("---\n", files.values());
    }

    /**
     * Each whole or not at all; what is so already stays.
     *
     * @param over whether files that say something else may go
     * @return those that were written
     * @throws Failure with exit REFUSED, before any is written, when one that says something else is there
     */
    List<Path> write(Path folder, boolean over) {
        List<Path> other = files.keySet().stream()
                .map(folder::resolve)
                .filter(file -> !said(file).equals(Optional.of(wanted(file))))
                .toList();
        List<Path> there = other.stream().filter(Files::exists).toList();
        if (!there.isEmpty() && !over) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            "no Plan was written",
                            there.get(0) + " is there and says something else",
                            "look at it; --yes writes over it, another folder leaves it"));
        }
        other.forEach(file -> {
            KeptFile.refuseUnwritable(file);
            KeptFile.publish(file, wanted(file));
        });
        return other;
    }

    private String wanted(Path file) {
        return Optional.ofNullable(files.get(file.getFileName().toString())).orElseThrow();
    }

    private static Optional<String> said(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException notThere) {
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of(""); // it is there, and nothing that we wrote
        }
    }
}
