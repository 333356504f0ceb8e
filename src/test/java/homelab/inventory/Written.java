package homelab.inventory;

import homelab.model.Cluster;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;

/** Inventories written inside a test, and problems as plain text. */
final class Written {
    static final Path HOME = Path.of("/home/tony");
    static final Paths PATHS = new Paths(Path.of("/srv/inventory"), HOME);

    static final String HEAD = """
            cluster: home
            network:
              lan: 10.0.1.0/24
            k3s:
              version: v1.33.4+k3s1
            """;
    static final String NODES = """
            nodes:
              jarvis: {address: 10.0.1.10, role: server}
            """;

    private Written() {}

    static Cluster read(String text) {
        return InventoryReader.read(Source.of("test.yaml", text), PATHS);
    }

    static List<Problem> problems(String text) {
        return problems(() -> read(text));
    }

    static List<Problem> problems(Runnable reading) {
        Failure failure = Assertions.catchThrowableOfType(Failure.class, reading::run);
        Assertions.assertThat(failure).as("a failure").isNotNull();
        return failure.problems();
    }

    static String told(List<Problem> problems) {
        return problems.stream().map(Written::told).collect(Collectors.joining("\n"));
    }

    private static String told(Problem problem) {
        String where = problem.where()
                .map(place -> place + ": " + problem.what()
                        + place.excerpt().map(line -> "\n  | " + line).orElse(""))
                .orElse(problem.what());
        return where + "\n  why " + problem.why() + "\n  fix " + problem.fix() + "\n";
    }
}
