package homelab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The classes as they were compiled, against the drawing in ARCHITECTURE.md. */
class RoomsTest {
    private static final Rules RULES = new Rules("homelab");
    private static JavaClasses house;
    private static Drawing drawing;

    @BeforeAll
    static void read() throws Exception {
        house = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("homelab");
        drawing = Drawing.read(Path.of("ARCHITECTURE.md"));
    }

    @Test
    void roomsCallOnlyWhomTheDrawingLetsThem() {
        drawing.calls().forEach((room, others) -> RULES.calls(room, others).check(house));
    }

    @Test
    void librariesAreImportedOnlyWhereTheDrawingSays() {
        drawing.libraries()
                .forEach((library, rooms) -> RULES.imports(library, rooms).check(house));
    }

    @Test
    void arrowsPointInOneDirection() {
        RULES.noCycles().check(house);
    }

    @Test
    void everyRoomIsDrawn() throws Exception {
        RULES.everyClassIsInOneOf(drawing.calls().keySet()).check(house);
        try (Stream<Path> folders = Files.list(Path.of("src/main/java/homelab")).filter(Files::isDirectory)) {
            Set<String> rooms =
                    folders.map(folder -> folder.getFileName().toString()).collect(Collectors.toSet());
            assertThat(drawing.calls().keySet()).containsAll(rooms);
        }
    }

    @Test
    void theModelAndTheWordsOfFailureAreMadeOfTheJdkAlone() {
        for (String room : Set.of("model", "problem", "plan", "probe", "facts")) {
            RULES.importsNoLibrary(room).check(house);
        }
    }

    @Test
    void onlyMainTouchesTheStandardStreamsAndLeaves() {
        RULES.writesToStandardStreams(Set.of("Main")).check(house);
        RULES.endsTheProgram(Set.of("Main", "command")).check(house);
    }

    @Test
    void onlyTheClockOfRunKnowsWhatTimeItIs() {
        RULES.asksWhatTimeItIs(Set.of("run")).check(house);
    }

    @Test
    void threadsAreStartedOnlyWhereWorkIsCarriedOutShownOrConnected() {
        RULES.startsThreads(Set.of("run", "report", "host", "ssh", "command")).check(house);
    }
}
