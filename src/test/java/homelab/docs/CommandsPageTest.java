package homelab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of the commands says what their help says, no more and no less. */
class CommandsPageTest {
    private static final String PAGE = Pages.read(Path.of("docs/reference/commands.md"));
    private static final Pattern SECTION = Pattern.compile("(?m)^## `([a-z-]+)`$");
    private static final Pattern OPTION = Pattern.compile("(?m)^\\| (?:`-[a-z]`, )?`(--[a-z-]+|[A-Z]+)\\b");
    private static final Pattern PHASE = Pattern.compile("(?m)^\\| `([a-z]+)` \\|");

    static List<String> commands() {
        return Help.commands();
    }

    @Test
    void hasEveryCommandAndNoOther() {
        assertThat(Help.found(SECTION, PAGE)).containsExactlyElementsOf(commands());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void hasEveryOptionOfTheCommandAndNoOther(String command) {
        Set<String> told = Help.found(OPTION, section("Options of every command"));
        told.addAll(Help.found(OPTION, section("`" + command + "`")));

        Set<String> known = Help.options(command);
        known.addAll(Help.parameters(command));

        assertThat(told).isEqualTo(known);
    }

    @Test
    void hasEveryPhaseInItsOrder() {
        assertThat(Help.found(PHASE, section("`bootstrap`"))).containsExactlyElementsOf(Help.phases());
    }

    /** The text below a heading of the second level. */
    private static String section(String title) {
        Matcher section = Pattern.compile("(?ms)^## " + Pattern.quote(title) + "$(.*?)(?=^## |\\z)")
                .matcher(PAGE);
        assertThat(section.find()).as("a section " + title).isTrue();
        return section.group(1);
    }
}
