package homelab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the runs of a user have done since a moment, by their journals: {@code ultron: service k3s-agent}. */
record Acts(Path folder, Set<Path> earlier) {
    private static final Pattern STEP = Pattern.compile("\"event\":\"done\",\"step\":\"([^\"]*)\"");

    /** From now on. */
    static Acts before(Homelab user) {
        Path folder =
                Path.of(user.env().get("XDG_STATE_HOME"), "homelab", user.lab().name());
        return new Acts(folder, journals(folder));
    }

    private static Set<Path> journals(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> done() {
        return journals(folder).stream()
                .filter(file -> !earlier.contains(file))
                .flatMap(file -> STEP.matcher(text(file)).results().map(found -> found.group(1)))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
