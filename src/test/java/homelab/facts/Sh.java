package homelab.facts;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs probes on this very machine, each in a shell of its own. */
final class Sh {
    private Sh() {}

    static Answer run(String script, List<String> shell) {
        try {
            Path out = Files.createTempFile("probe", ".out");
            Process process =
                    new ProcessBuilder(shell).redirectOutput(out.toFile()).start();
            try (var in = process.getOutputStream()) {
                in.write(script.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            Answer answer = new Answer(process.waitFor(), Files.readAllBytes(out), false);
            Files.delete(out);
            return answer;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Readings readings(List<Probe<?>> probes, List<String> shell) {
        Map<String, Reading<?>> all = new HashMap<>();
        for (Probe<?> probe : probes) {
            all.put(probe.id(), reading(probe, shell));
        }
        return new Readings(all);
    }

    private static Reading<?> reading(Probe<?> probe, List<String> shell) {
        try {
            return new Reading.Known<>(probe.parser().apply(run(probe.shell(), shell)));
        } catch (RuntimeException e) {
            return new Reading.Unknown<>(String.valueOf(e.getMessage()));
        }
    }
}
