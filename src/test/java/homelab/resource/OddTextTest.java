package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.inventory.OddText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Whatever text comes from an inventory reaches a host as it stands there, byte for byte. */
class OddTextTest {
    private static final int CASES = 400;

    private static List<String> texts() {
        Random random = new Random(20261123);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            texts.add(OddText.of(random));
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash", "/bin/busybox sh"})
    void aQuotedWordIsTheTextInEachShell(String shell) throws Exception {
        StringBuilder script = new StringBuilder();
        texts().forEach(text ->
                script.append("printf %s ").append(Sh.quote(text)).append(" | base64 | tr -d '\\n'; echo\n"));

        assertThat(decoded(shell, script.toString())).isEqualTo(texts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash", "/bin/busybox sh"})
    void whatIsFedToACommandIsTheTextInEachShell(String shell) throws Exception {
        StringBuilder script = new StringBuilder();
        texts().forEach(text -> script.append(Sh.feed(text, "base64 | tr -d '\\n'; echo")));

        assertThat(decoded(shell, script.toString())).isEqualTo(texts());
    }

    /** k3s reads its file by YAML 1.1's rules, as snakeyaml does. */
    @Test
    void aSettingOfK3sIsTheTextWhenTheFileIsRead() {
        List<String> read = texts().stream()
                .map(text -> new K3sYaml().put("key", text).toString())
                .map(yaml -> (java.util.Map<?, ?>) new Yaml().load(yaml))
                .map(map -> (String) map.get("key"))
                .toList();

        assertThat(read).isEqualTo(texts());
    }

    @Test
    void aListOfSettingsIsTheTexts() {
        Object read = ((java.util.Map<?, ?>)
                        new Yaml().load(new K3sYaml().put("key", texts()).toString()))
                .get("key");

        assertThat(read).isEqualTo(texts());
    }

    private static List<String> decoded(String shell, String script) throws IOException, InterruptedException {
        List<String> words = List.of(shell.split(" "));
        assumeTrue(Files.isExecutable(Path.of(words.get(0))), "there is no " + words.get(0) + " on this machine");
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        Thread writer = new Thread(() -> {
            try (var in = process.getOutputStream()) {
                in.write(script.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        writer.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        writer.join();
        return out.lines()
                .map(line -> new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8))
                .toList();
    }
}
