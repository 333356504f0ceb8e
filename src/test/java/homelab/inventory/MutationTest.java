package homelab.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a good file, it is read or refused with problems; nothing else is ever thrown. */
class MutationTest {
    private static final int ROUNDS = 700;
    private static final List<String> PIECES = List.of(
            "\t",
            "\r",
            "\0",
            "\u0007",
            "---\n",
            "...\n",
            "&a ",
            "*a",
            "<<: *a",
            "!!binary ",
            "!<x%zz> ",
            "%YAML 9.9\n",
            "[",
            "]",
            "{",
            "}",
            ": ",
            "- ",
            "? ",
            "\"",
            "'",
            "|",
            ">",
            "#",
            "\n",
            "  ",
            "~",
            "null",
            "\ufeff",
            "\u2028",
            "\ud83d\ude00",
            "\"\\xZZ\"",
            "\"\\U00110000\"",
            "@",
            "`",
            "true",
            "010",
            "12:34:56",
            "-1",
            "99999999999999999999",
            "10.0.1.10",
            "::1/64",
            "local");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isReadOrRefusedWhateverIsDoneToIt(long seed) throws IOException {
        Random random = new Random(seed);
        String good = Files.readString(Path.of("src/test/resources/inventory/everything.yaml"));
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mutated(good, random);
            refused += refused(seed, round, bytes) ? 1 : 0;
        }
        assertThat(refused).as("the mutations do some harm, and some do none").isBetween(ROUNDS / 2, ROUNDS - 1);
    }

    private boolean refused(long seed, int round, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("inventory.yaml"), bytes);
        try {
            Assertions.assertTimeout(Duration.ofSeconds(5), () -> InventoryReader.read(file));
            return false;
        } catch (Failure e) {
            assertThat(e.problems()).isNotEmpty();
            return true;
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + ", round " + round + ":\n" + new String(bytes, StandardCharsets.UTF_8), e);
        }
    }

    private static byte[] mutated(String good, Random random) {
        StringBuilder text = new StringBuilder(good);
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            mutate(text, random);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(10) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static void mutate(StringBuilder text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + 1 + random.nextInt(12));
        switch (random.nextInt(5)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
            case 3 -> text.setLength(at);
            default -> shuffleTwoLines(text, random);
        }
    }

    private static void shuffleTwoLines(StringBuilder text, Random random) {
        List<String> lines = new ArrayList<>(text.toString().lines().toList());
        if (!lines.isEmpty()) {
            Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
        }
        text.setLength(0);
        text.append(String.join("\n", lines));
    }
}
