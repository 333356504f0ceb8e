package homelab.kubeconfig;

import homelab.problem.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Which kubeconfig is meant, by kubectl's own rules. */
public final class KubeconfigPath {
    private KubeconfigPath() {}

    /**
     * {@code ~/.kube/config} or, of the list in {@code $KUBECONFIG}: the file that has the context; else the first that
     * exists; else the last, which kubectl would create.
     *
     * @param environment the process's variables
     */
    public static Path choose(Map<String, String> environment, Path home, String context) {
        List<Path> list = Arrays.stream(
                        environment.getOrDefault("KUBECONFIG", "").split(":"))
                .filter(part -> !part.isBlank())
                .map(Path::of)
                .toList();
        if (list.isEmpty()) {
            return home.resolve(".kube").resolve("config");
        }
        List<Path> there = list.stream().filter(Files::exists).toList();
        return there.stream()
                .filter(file -> hasContext(file, context))
                .findFirst()
                .or(() -> there.stream().findFirst())
                .orElse(list.get(list.size() - 1));
    }

    /** A file that cannot be understood has nothing of ours. */
    private static boolean hasContext(Path file, String context) {
        try {
            return Document.read(file).item(Section.CONTEXTS, context).isPresent();
        } catch (Failure e) {
            return false;
        }
    }
}
