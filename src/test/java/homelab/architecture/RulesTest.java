package homelab.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules themselves, on a small house where each is broken once. */
class RulesTest {
    private static final String ROOT = "homelab.architecture.sample";
    private static final Rules RULES = new Rules(ROOT);
    private static final JavaClasses SAMPLE = new ClassFileImporter().importPackages(ROOT);

    @Test
    void refusesACallThatIsNotDrawn() {
        refuses(RULES.calls("attic", Set.of()), "Breaker");
        accepts(RULES.calls("attic", Set.of("cellar")));
    }

    @Test
    void refusesACallOfTheRootPackage() {
        refuses(RULES.calls("cellar", Set.of("attic")), "Entry");
    }

    @Test
    void refusesARoomThatIsNotDrawn() {
        refuses(RULES.everyClassIsInOneOf(Set.of("Main", "attic")), "cellar");
        accepts(RULES.everyClassIsInOneOf(Set.of("Main", "attic", "cellar")));
    }

    @Test
    void refusesArrowsInBothDirections() {
        refuses(RULES.noCycles(), "Cycle");
    }

    @Test
    void refusesALibraryInTheWrongRoom() {
        refuses(RULES.imports("org.yaml", Set.of("cellar")), "Breaker");
        refuses(RULES.importsNoLibrary("attic"), "Breaker");
        accepts(RULES.imports("org.yaml", Set.of("attic")));
    }

    @Test
    void refusesStandardStreamsExitClockAndThreads() {
        refuses(RULES.writesToStandardStreams(Set.of("cellar")), "Breaker.writes");
        refuses(RULES.endsTheProgram(Set.of("cellar")), "Breaker.exits", "Breaker.halts");
        refuses(RULES.asksWhatTimeItIs(Set.of("cellar")), "Breaker.looksAtTheClock", "Breaker.looksAtTheOldClock");
        refuses(RULES.startsThreads(Set.of("cellar")), "Breaker.startsAThread", "Breaker.startsAPool");
    }

    @Test
    void letsDurationsBeMeasured() {
        assertThatThrownBy(() -> RULES.asksWhatTimeItIs(Set.of("cellar")).check(SAMPLE))
                .message()
                .doesNotContain("measures");
    }

    private static void refuses(ArchRule rule, String... named) {
        assertThatThrownBy(() -> rule.check(SAMPLE))
                .isInstanceOf(AssertionError.class)
                .satisfies(error -> assertThat(error.getMessage()).contains(named));
    }

    private static void accepts(ArchRule rule) {
        assertThatCode(() -> rule.check(SAMPLE)).doesNotThrowAnyException();
    }
}
