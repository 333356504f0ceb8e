package homelab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A chart of the tests' own, unpacked in a story's folder to be edited and packed there in several versions. */
record StoryChart(Path folder, String name) {
    private static final Path CHARTS = Path.of("src/test/resources/charts").toAbsolutePath();

    static StoryChart in(Path folder, String name) {
        Path charts = folder.resolve("charts");
        Said.by(Duration.ofSeconds(10), "mkdir", "-p", charts.toString()).ok();
        Said.by(Duration.ofSeconds(10), "cp", "-r", CHARTS.resolve(name).toString(), charts.toString())
                .ok();
        return new StoryChart(folder, name);
    }

    StoryChart edit(String file, UnaryOperator<String> edit) {
        Path path = folder.resolve("charts").resolve(name).resolve(file);
        try {
            Files.writeString(path, edit.apply(Files.readString(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A file that it did not have, or another content. */
    StoryChart write(String file, String text) throws IOException {
        Path path = folder.resolve("charts").resolve(name).resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text);
        return this;
    }

    /** Makes {@code NAME-VERSION.tgz} beside the inventory. */
    StoryChart pack(String version) {
        edit("Chart.yaml", text -> text.replaceFirst("(?m)^version: .*", "version: " + version));
        String packed = folder.resolve(name + "-" + version + ".tgz").toString();
        Said.by(
                        Duration.ofSeconds(10),
                        "tar",
                        "-czf",
                        packed,
                        "-C",
                        folder.resolve("charts").toString(),
                        name)
                .ok();
        return this;
    }
}
