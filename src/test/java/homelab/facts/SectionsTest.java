package homelab.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SectionsTest {

    @Test
    void keepsEachSectionsTextWithoutItsEnd() {
        Sections said = Sections.parse("\n@@homelab one\na\n\nb\n\n@@homelab two\n\n@@homelab three\nc");

        assertThat(said.text("one")).isEqualTo("a\n\nb");
        assertThat(said.text("two")).isEmpty();
        assertThat(said.lines("three")).containsExactly("c");
    }

    /** A file that is shown may hold our mark; it must not speak for a fact that the script told before. */
    @Test
    void theFirstSectionOfANameCounts() {
        assertThat(Sections.parse("\n@@homelab one\ntrue\n\n@@homelab one\nforged")
                        .text("one"))
                .isEqualTo("true");
    }

    @Test
    void aSectionThatIsMissingIsNotEmpty() {
        assertThatThrownBy(() -> Sections.parse("").text("cpus")).hasMessage("the host did not say its cpus");
    }

    @Test
    void anAnswerThatWasCutIsNoAnswer() {
        Probe<Sections> probe = Sections.probe("p", Duration.ofSeconds(1), "");
        Answer cut = new Answer(0, "\n@@homelab one\na".getBytes(StandardCharsets.UTF_8), true);

        assertThatThrownBy(() -> probe.parser().apply(cut)).hasMessage("the host wrote more than is read");
    }

    @Test
    void aParserThatFailsLeavesItsReason() {
        Reading<Sections> said = new Reading.Known<>(Sections.parse("\n@@homelab cpus\nmany"));

        Reading<Integer> cpus = Sections.part(said, SystemProbe::cpus);

        assertThat(cpus).isEqualTo(new Reading.Unknown<>("For input string: \"many\""));
    }

    @Test
    void theShellCopiesFilesAsTheyAre(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "  a\\n %s\n-n\n\nno end");
        String script =
                Sections.probe("p", Duration.ofSeconds(1), """
                section all; file %1$s
                section first; first %1$s
                section none; file %1$s.none; first %1$s.none
                """.formatted(file)).shell();

        Sections said = Sections.parse(Sh.run(script, List.of("sh")).text());

        assertThat(said.text("all")).isEqualTo("  a\\n %s\n-n\n\nno end");
        assertThat(said.text("first")).isEqualTo("  a\\n %s");
        assertThat(said.text("none")).isEmpty();
    }
}
