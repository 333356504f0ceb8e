package homelab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of the commands says what their help says, no more and no less. */
class CommandsPageTest {
    private static final String PAGE = Pages.read(Path.of("docs/reference/commands.md"));
    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z][a-z-]+)  +[A-Z]");
    private static final Pattern OPTION_IN_HELP = Pattern.compile("(?m)^ +(?:-[a-z], )?(--[a-z-]+)|^ +([A-Z]+)  ");
    private static final Pattern OPTION_IN_TABLE = Pattern.compile("(?m)^\\| (?:`-[a-z]`, )?`(--[a-z-]+|[A-Z]+)\\b");

    static Stream<String> commands() {
        return found(COMMAND, Run.of("--help").out()).stream();
    }

    @Test
    void hasEveryCommandAndNoOther() {
        List<String> sections = Pattern.compile("(?m)^## `([a-z-]+)`$")
                .matcher(PAGE)
                .results()
                .map(heading -> heading.group(1))
                .toList();

        assertThat(sections).containsExactlyElementsOf(commands().toList());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void hasEveryOptionOfTheCommandAndNoOther(String command) {
        Set<String> told = found(OPTION_IN_TABLE, section("Options of every command"));
        told.addAll(found(OPTION_IN_TABLE, section("`" + command + "`")));

        assertThat(told)
                .isEqualTo(found(OPTION_IN_HELP, Run.of(command, "--help").out()));
    }

    @Test
    void hasEveryPhaseInItsOrder() {
        Matcher help = Pattern.compile("Only these phases: ([^.]*)\\.")
                .matcher(Run.of("bootstrap", "--help").out().replaceAll("\\s+", " "));
        assertThat(help.find()).isTrue();

        List<String> told = Pattern.compile("(?m)^\\| `([a-z]+)` \\|")
                .matcher(section("`bootstrap`"))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(told).containsExactly(help.group(1).split(", "));
    }

    /** The text below a heading of the second level. */
    private static String section(String title) {
        Matcher section = Pattern.compile("(?ms)^## " + Pattern.quote(title) + "$(.*?)(?=^## |\\z)")
                .matcher(PAGE);
        assertThat(section.find()).as("a section " + title).isTrue();
        return section.group(1);
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(CommandsPageTest::firstGroup)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String firstGroup(MatchResult match) {
        return match.group(1) == null ? match.group(2) : match.group(1);
    }
}
