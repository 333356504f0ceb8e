package homelab.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file of src/test/resources/inventory/bad is refused with exactly the text beside it. After a change of wording:
 * run with {@code -Dgolden.write=true}, and read the difference.
 */
class BadInventoriesTest {
    private static final Path BAD = Path.of("src/test/resources/inventory/bad");

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(BAD)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - 5))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void tellsWhatIsWrong(String name) throws IOException {
        Source read = Source.read(BAD.resolve(name + ".yaml"));
        Source source = new Source(name + ".yaml", read.text(), read.lines());
        String told = Written.told(Written.problems(() -> InventoryReader.read(source, Written.PATHS)));
        Path golden = BAD.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, told);
        }
        assertThat(told).isEqualTo(Files.readString(golden));
    }
}
