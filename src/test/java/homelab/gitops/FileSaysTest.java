package homelab.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Reading;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** "metrics" was applied by hand in the laboratory that {@link Seen} is of. */
class FileSaysTest {
    private static final String FILE = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: metrics}
            spec:
              project: home
              source: {targetRevision: v2, helm: {values: "retention: 7d\\npassword: hunter2\\n"}}
            """;

    private static FileSays metrics(Reading<GitAsk.Seen> git) {
        Picture picture = Seen.lab().withGit(git).picture();
        return FileSays.all(picture.applications(), picture.git()).stream()
                .filter(says -> says.name().equals("metrics"))
                .findFirst()
                .orElseThrow();
    }

    private static Reading<GitAsk.Seen> holding(Map<String, String> files) {
        return new Reading.Known<>(new GitAsk.Seen(Seen.COMMIT, files));
    }

    @Test
    void showsWhatDiffersAndNoValuesOfHelm() {
        FileSays says = metrics(holding(Map.of("apps/metrics.yaml", FILE)));

        assertThat(says.file()).isEqualTo("apps/metrics.yaml");
        assertThat(says.differs())
                .contains("project is default, in the file home", "source.helm.values is otherwise")
                .anyMatch(line -> line.matches("source.targetRevision is \\S+, in the file v2"));
        assertThat(says.toString()).doesNotContain("hunter2", "retention");
    }

    @Test
    void findsNoFileWhereThereIsNone() {
        assertThat(metrics(holding(Map.of())).file()).isEmpty();
        assertThat(metrics(holding(Map.of())).unread()).isEmpty();
    }

    @Test
    void saysWhichRepositoryWasNotRead() {
        assertThat(metrics(new Reading.Unknown<>("connection refused")).unread())
                .isNotEmpty()
                .allMatch(line -> line.endsWith(": connection refused"));
    }
}
