package homelab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PagesTest {

    static List<Check> checks() {
        return Checks.all();
    }

    @Test
    void noTwoChecksHaveOneId() {
        assertThat(checks())
                .extracting(Check::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[A-Z0-9]+-\\d{3}"));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void everyCheckIsExplainedWhole(Check check) {
        Page page = Page.of(check.id());

        assertThat(page.title()).isNotBlank().doesNotStartWith(check.id());
        assertThat(page.facts()).containsOnlyKeys(Page.FACTS.toArray(String[]::new));
        assertThat(page.facts().values()).noneMatch(String::isBlank);
        assertThat(page.fact("worst")).isIn("fail", "warn");
        assertThat(page.fact("mend")).matches("(safe|asks|manual)(, .+)?");
        assertThat(page.sections()).containsOnlyKeys(Page.SECTIONS.toArray(String[]::new));
        assertThat(page.sections().values()).noneMatch(String::isBlank);
    }
}
