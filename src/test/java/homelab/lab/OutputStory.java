package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the output goes: a closed stream, a reader that leaves, a locale without UTF-8, a narrow terminal. */
@ExtendWith(InLab.class)
@Timeout(300)
class OutputStory {
    private static Homelab homelab;

    @BeforeAll
    static void hosts(Homelab user) {
        homelab = user;
    }

    @Test
    void doesNotCallItDoneWhenItsOutputIsClosed() {
        Said said = Launched.shell(homelab, "exec >&-; $HOMELAB status -i $INVENTORY");

        assertThat(said.exit()).isEqualTo(1);
        Told.noTrace(said.err());
    }

    @Test
    void endsQuietlyWhenItsReaderLeaves() {
        Said said = Launched.shell(homelab, "$HOMELAB facts -o json -i $INVENTORY | head -1; exit ${PIPESTATUS[0]}");

        assertThat(said.out()).isEqualTo("{\n");
        Told.noTrace(said.err());
    }

    @Test
    void writesNothingButAsciiInTheLocalePosix() {
        Said said = Launched.shell(
                homelab.with("LC_ALL", "POSIX"), "$HOMELAB plan -i $INVENTORY; $HOMELAB plan -i /nonexistent");

        assertThat(said.out() + said.err()).isNotBlank().matches("\\p{ASCII}*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "status --all", "doctor --all", "facts", "bootstrap"})
    void fitsATerminalOfFortyColumns(String words) {
        fits(words, homelab);
    }

    @ParameterizedTest
    @ValueSource(strings = {"facts", "bootstrap"})
    void fitsATerminalThatCannotBeDrawnOver(String words) {
        fits(words, homelab.with("TERM", "dumb"));
    }

    private static void fits(String words, Homelab homelab) {
        String inside = "stty cols 40; $HOMELAB " + words + " -i $INVENTORY";

        Said said = Launched.shell(homelab, "script -qec '" + inside + "' /dev/null");

        String shown = said.out().replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "");
        assertThat(shown.split("\r?\n|\r")).allMatch(line -> line.length() <= 40);
        assertThat(shown).hasSizeGreaterThan(100);
    }
}
