package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the pages show of a run is what a run prints. */
final class Documented {
    static final String README = "README.md";
    static final String TUTORIAL = "docs/tutorial/first-cluster.md";
    static final String PLANS = "docs/how-to/read-a-plan.md";

    private Documented() {}

    /** The last line of this output stands in each of the pages, where the laboratory is called "lab". */
    static void lastLine(Lab lab, String output, String... pages) throws IOException {
        List<String> lines = output.lines().toList();
        String line = lines.get(lines.size() - 1).replace(lab.name(), "lab");
        for (String page : pages) {
            assertThat(Files.readAllLines(Path.of(page))).as(page).contains(line);
        }
    }

    /** Whatever plan the page shows of the finished cluster, it is one of as many things as this output tells. */
    static void thingsInAll(String output, String... pages) throws IOException {
        String things = output.replaceAll("(?s).*?(\\d+) things.*", "$1");
        for (String page : pages) {
            assertThat(Files.readString(Path.of(page))).as(page).contains(" of " + things + " things differ on lab");
        }
    }
}
