package homelab.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What bash offers is what there is. */
class CompletionTest {
    private static final Path BASH = Path.of("/bin/bash");

    @BeforeEach
    void needsBash() {
        assumeTrue(Files.isExecutable(BASH), "there is no /bin/bash here");
    }

    static List<String> commands() {
        return Help.commands();
    }

    /** What is offered for the last word. */
    private static List<String> offered(String... words) throws IOException, InterruptedException {
        String line = "'" + String.join("' '", words) + "'";
        Process bash = new ProcessBuilder(
                        BASH.toString(),
                        "-c",
                        "source cli/completions/homelab.bash; COMP_WORDS=(homelab " + line + "); COMP_CWORD="
                                + words.length + "; _homelab; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return out.lines().toList();
    }

    @Test
    void offersEveryCommand() throws Exception {
        assertThat(offered("")).containsExactlyElementsOf(commands());
        assertThat(offered("b")).containsExactly("bootstrap");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void offersEveryOptionOfTheCommand(String command) throws Exception {
        assertThat(offered(command, "--")).containsExactlyInAnyOrderElementsOf(Help.options(command));
    }

    @Test
    void offersPhasesFormatsAndFiles() throws Exception {
        assertThat(offered("plan", "--only", "")).containsExactlyElementsOf(Help.phases());
        assertThat(offered("facts", "-o", "j")).containsExactly("json");
        assertThat(offered("facts", "-i", "inventory/two")).containsExactly("inventory/two-pis.yaml");
    }
}
