package homelab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Relative links lead somewhere: to a file, and where they name a heading, to that. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

    static Stream<Path> pages() {
        return Pages.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void leadSomewhere(Path page) {
        assertThat(broken(page)).isEmpty();
    }

    @Test
    void areFoundToBeBroken(@TempDir Path folder) throws Exception {
        Path page = Files.writeString(folder.resolve("a.md"), """
                # One heading, `quoted`
                [here](#one-heading-quoted) [there](b.md) [out](https://example.org/nowhere)
                [no file](c.md) [no heading](a.md#two)
                ```
                [quoted](d.md)
                ```
                """);
        Files.writeString(folder.resolve("b.md"), "");

        assertThat(broken(page)).containsExactly("c.md", "a.md#two");
    }

    private static List<String> broken(Path page) {
        List<String> broken = new ArrayList<>();
        Matcher link = LINK.matcher(Pages.prose(page));
        while (link.find()) {
            if (!link.group(1).matches("[a-z]+:.*") && !leads(page, link.group(1))) {
                broken.add(link.group(1));
            }
        }
        return broken;
    }

    private static boolean leads(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    private static List<String> anchors(Path page) {
        return HEADING.matcher(Pages.prose(page))
                .results()
                .map(heading -> anchor(heading.group(1)))
                .toList();
    }

    /** As forges make them: small letters, spaces become dashes, punctuation goes. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{Alnum}_ -]", "")
                .strip()
                .replace(' ', '-');
    }
}
