package homelab.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

/** The schema and the reference page say what the reader knows, no more and no less. */
@SuppressWarnings("unchecked")
class ReferenceTest {
    private static final Map<String, Object> SCHEMA = schema();
    private static final Pattern HEADING = Pattern.compile("^## (.*)$");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z0-9-]+)` \\|\\s*([^|]*?)\\s*\\|.*");

    private static Map<String, Object> schema() {
        try {
            // JSON is YAML.
            return new Yaml().load(Files.readString(Path.of("docs/reference/inventory.schema.json")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> schemaOf(Section section) {
        return section == Section.ROOT
                ? SCHEMA
                : at(SCHEMA, "$defs", section.name().toLowerCase(Locale.ROOT));
    }

    private static Map<String, Object> at(Map<String, Object> from, String... path) {
        Map<String, Object> found = from;
        for (String key : path) {
            assertThat(found).containsKey(key);
            found = (Map<String, Object>) found.get(key);
        }
        return found;
    }

    /** Key to default, of the table under a heading. */
    private static List<Map.Entry<String, String>> table(String heading) throws IOException {
        List<Map.Entry<String, String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("docs/reference/inventory.md"))) {
            Matcher title = HEADING.matcher(line);
            Matcher row = ROW.matcher(line);
            inside = title.matches() ? title.group(1).equals(heading) : inside;
            if (inside && row.matches()) {
                rows.add(Map.entry(row.group(1), row.group(2)));
            }
        }
        return rows;
    }

    private static List<Map.Entry<String, String>> table(Section section) throws IOException {
        return table(section == Section.ROOT ? "The whole file" : "`" + section.where() + "`");
    }

    @ParameterizedTest
    @EnumSource(Section.class)
    void schemaKnowsTheKeysOfTheReader(Section section) {
        Map<String, Object> schema = schemaOf(section);
        assertThat(at(schema, "properties").keySet()).containsExactlyInAnyOrderElementsOf(section.keys());
        assertThat((List<String>) schema.getOrDefault("required", List.of()))
                .containsExactlyInAnyOrderElementsOf(section.required());
        assertThat(schema).containsEntry("additionalProperties", false);
    }

    @Test
    void schemaHasNoSectionThatTheReaderLacks() {
        assertThat(at(SCHEMA, "$defs").keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.of(Section.values())
                        .filter(section -> section != Section.ROOT)
                        .map(section -> section.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(Section.class)
    void pageHasATableOfTheKeysOfTheReader(Section section) throws IOException {
        assertThat(table(section).stream().map(Map.Entry::getKey)).containsExactlyElementsOf(section.keys());
    }

    @ParameterizedTest
    @EnumSource(Section.class)
    void pageSaysWhichKeysAreRequired(Section section) throws IOException {
        assertThat(table(section).stream()
                        .filter(row -> row.getValue().equals("required"))
                        .map(Map.Entry::getKey))
                .containsExactlyElementsOf(section.required());
    }

    @Test
    void schemaOffersTheWordsOfTheReader() {
        offers(Kinds.ROLE, at(SCHEMA, "$defs", "node", "properties", "role"));
        offers(Kinds.BACKEND, at(SCHEMA, "$defs", "k3s", "properties", "flannel-backend"));
        offers(Kinds.COMPONENT, at(SCHEMA, "$defs", "k3s", "properties", "disable", "items"));
        offers(Kinds.PROTOCOL, at(SCHEMA, "$defs", "allow", "properties", "protocol"));
        for (String section : List.of("defaults", "group", "node")) {
            offers(Kinds.BECOME, at(SCHEMA, "$defs", section, "properties", "become"));
        }
    }

    private static void offers(Kind<?> kind, Map<String, Object> schema) {
        List<String> known =
                List.of(kind.fix().apply("").substring("there is: ".length()).split(", "));
        assertThat((List<String>) schema.get("enum")).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void schemaTakesTheNamesAndVersionsOfTheExamples() {
        String version =
                (String) at(SCHEMA, "$defs", "k3s", "properties", "version").get("pattern");
        String name = (String) at(SCHEMA, "properties", "cluster").get("pattern");
        assertThat("v1.33.4+k3s1").containsPattern(version);
        assertThat("1.33").doesNotContainPattern(version);
        assertThat("home-ha").containsPattern(name);
        assertThat("My Home").doesNotContainPattern(name);
    }
}
