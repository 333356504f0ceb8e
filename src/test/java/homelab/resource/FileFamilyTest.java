package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.ProbeScript;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileFamilyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void seesTogetherWhatEachLookWouldSeeAlone(String shell) throws Exception {
        List<Probe<?>> looks = List.of(
                FileLook.probe(file("empty", "")),
                FileLook.probe(folder + "/missing"),
                FileLook.probe(file("no line end", "it's one\ntwo")),
                FileLook.probe(Files.createDirectory(folder.resolve("folder")).toString()),
                FileLook.probe(file("a big one", "x".repeat(70_000))),
                FileLook.probe(file("last", "data\n1 absent\n")),
                FileLook.probeUnread(file("hidden", "a secret\n")),
                FileLook.probeUnread(folder + "/missing too"));

        Readings together = ask(shell, looks);

        for (Probe<?> look : looks) {
            assertThat(together.of(look))
                    .as(look.id())
                    .isInstanceOf(Reading.Known.class)
                    .isEqualTo(ask(shell, List.of(look)).of(look));
        }
        assertThat(together.of(look("no line end")).known())
                .hasValueSatisfying(seen -> assertThat(seen)
                        .isInstanceOfSatisfying(
                                FileLook.Present.class,
                                present -> assertThat(present.text()).contains("it's one\ntwo")));
    }

    @Test
    void startsTheProgramsOnceForAll() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String program : List.of("stat", "cat")) {
            Path counted = bin.resolve(program);
            Files.writeString(
                    counted,
                    "#!/bin/sh\necho " + program + " >>" + folder + "/started\nexec /usr/bin/env -i /usr/bin/" + program
                            + " \"$@\"\n");
            assertThat(counted.toFile().setExecutable(true)).isTrue();
        }
        List<Probe<?>> looks = List.of(look("one"), look("two"), look("three"));
        for (String name : List.of("one", "two", "three")) {
            file(name, name);
        }
        FileFamily family = FileFamily.SHOWN;

        new LocalSh(Map.of("PATH", bin + ":" + System.getenv("PATH")))
                .run(family.shell(looks.stream()
                        .map(look -> look.member().orElseThrow().word())
                        .toList()));

        assertThat(Files.readAllLines(folder.resolve("started"))).containsExactly("stat", "cat");
    }

    @Test
    void tellsOnlyOfThoseWhoseTextArrivedWhole() {
        Answer cut =
                new Answer(0, "1 text 3 644 a:a\n2 text 3 644 a:a\ndata\noneto".getBytes(StandardCharsets.UTF_8), true);

        assertThat(FileFamily.SHOWN.divide(cut, List.of("/one", "/two"))).containsOnlyKeys("/one");
    }

    private Probe<FileLook> look(String name) {
        return FileLook.probe(folder.resolve(name).toString());
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static Readings ask(String shell, List<Probe<?>> probes) throws Exception {
        ProbeScript script = ProbeScript.join(probes, "n0nce");
        Process process = new ProcessBuilder((shell + " -s").split(" ")).start();
        try (var in = process.outputWriter()) {
            in.write(script.text());
        }
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return script.read(out, Optional.empty());
    }
}
