package homelab.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiReadsTest {
    private static final Probe<String> READY = ApiReads.probe("ready", "/readyz", ApiReadsTest::told);
    private static final Probe<String> NODES = ApiReads.probe("nodes", "/api/v1/nodes", ApiReadsTest::told);
    private static final Probe<String> NONE = ApiReads.probe("none", "/nothing", ApiReadsTest::told);

    @TempDir
    Path folder;

    /** Doubles of curl and kubectl answer as the API does; curl's reads urls as {@code -K -} does. */
    @BeforeEach
    void server() throws Exception {
        Files.writeString(folder.resolve("client-admin.key"), "");
        program("curl", """
                echo start >>"$STARTED"
                told() {
                  case $1 in
                    */readyz) printf ok; code=200 ;;
                    */nodes) printf '{\\n "items": []\\n}\\n'; code=200 ;;
                    *) [ -z "$DEAD" ] && printf '{"code":404}'; code=404 ;;
                  esac
                  [ -z "$DEAD" ] || code=000
                }
                for word do
                  case $word in https:*) told "$word"; exit 0 ;; esac
                done
                sed -n 's/^url = "\\(.*\\)"$/\\1/p' | while read -r url; do told "$url"; printf '\\nhomelab-api %s\\n' "$code"; done
                """);
        program("k3s", """
                case $* in
                  */readyz) printf ok ;;
                  */nodes) printf '{\\n "items": []\\n}\\n' ;;
                  *) exit 1 ;;
                esac
                """);
    }

    @Test
    void readsAllWithOneConnection() throws Exception {
        Readings readings = ask("", READY, NODES, NONE);

        assertThat(readings.of(READY)).isEqualTo(new Reading.Known<>("0 ok"));
        assertThat(readings.of(NODES)).isEqualTo(new Reading.Known<>("0 {\n \"items\": []\n}\n"));
        assertThat(readings.of(NONE)).isEqualTo(new Reading.Known<>("0 {\"code\":404}"));
        assertThat(Files.readAllLines(folder.resolve("started"))).hasSize(1);
    }

    @Test
    void saysForEachThatNothingAnswered() throws Exception {
        Readings readings = ask("yes", NONE, READY);

        assertThat(readings.of(NONE)).isEqualTo(new Reading.Known<>("7 "));
        assertThat(readings.of(READY).known())
                .hasValueSatisfying(told -> assertThat(told).startsWith("7 "));
    }

    @Test
    void readsByKubectlWhereThereIsNoCurl() throws Exception {
        Files.delete(folder.resolve("curl"));

        Readings readings = ask("", READY, NONE, NODES);

        assertThat(readings.of(READY)).isEqualTo(new Reading.Known<>("0 ok"));
        assertThat(readings.of(NONE)).isEqualTo(new Reading.Known<>("7 "));
        assertThat(readings.of(NODES)).isEqualTo(new Reading.Known<>("0 {\n \"items\": []\n}\n"));
    }

    @Test
    void failsForEachWhereThereIsNoServer() throws Exception {
        Files.delete(folder.resolve("client-admin.key"));

        assertThat(ask("", READY, NODES).byId())
                .isEqualTo(Map.of("ready", new Reading.Known<>("1 "), "nodes", new Reading.Known<>("1 ")));
    }

    private static String told(Answer answer) {
        return answer.exit() + " " + answer.text();
    }

    private void program(String name, String script) throws Exception {
        assertThat(Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script)
                        .toFile()
                        .setExecutable(true))
                .isTrue();
    }

    /** Only what the script itself starts is on the PATH beside the doubles. */
    private Readings ask(String dead, Probe<?>... probes) throws Exception {
        ProbeScript script = ProbeScript.join(List.of(probes), "n0nce");
        for (String needed : List.of("sh", "sed", "cat", "wc", "rm", "head", "mv", "timeout")) {
            program(needed, "exec /bin/" + needed + " \"$@\"\n");
        }
        String text = script.text()
                .replace("/var/lib/rancher/k3s/server/tls", folder.toString())
                .replace("/usr/local/bin/k3s", folder + "/k3s")
                .replaceFirst("PATH=[^;]*; export PATH", "PATH=" + folder);
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-s");
        builder.environment().putAll(Map.of("STARTED", folder + "/started", "DEAD", dead, "PATH", folder.toString()));
        Process process = builder.start();
        try (var in = process.outputWriter()) {
            in.write(text);
        }
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return script.read(out, Optional.empty());
    }
}
