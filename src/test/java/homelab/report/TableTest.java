package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void separatesByTabsInAPipeAndLeavesTheHeadingsOut() {
        assertThat(text(Terminal.PIPE)).isEqualTo("jarvis\tserver and leader\n");
    }

    @Test
    void padsAndCutsOnATerminal() {
        assertThat(text(new Terminal(20, false, true, true))).isEqualTo("NAME    ROLE\njarvis  server and …\n");
    }

    @Test
    void aTerminalThatCannotBeDrawnOverIsStillOne() {
        assertThat(text(new Terminal(20, false, false, false))).isEqualTo("NAME    ROLE\njarvis  server and .\n");
    }

    private static String text(Terminal terminal) {
        return new Table(terminal, "NAME", "ROLE")
                .row(List.of("jarvis", "server and leader"))
                .text();
    }
}
