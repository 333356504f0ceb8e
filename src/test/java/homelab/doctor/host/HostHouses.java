package homelab.doctor.host;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.Houses;
import homelab.phase.Clusters;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges jarvis by what he answers; ultron is not reached and judged by nobody. */
final class HostHouses {
    /** Of every test; what houses are judged at. */
    static final long NOW = Houses.NOW.getEpochSecond();

    private final Houses houses = Houses.twoPis().lost("ultron", "no route to host");

    HostHouses says(Probe<?> probe, String text) {
        houses.answers("jarvis", probe, text);
        return this;
    }

    HostHouses isContainer() {
        return says(Contained.PROBE, "");
    }

    HostHouses isMachine() {
        houses.answers("jarvis", Contained.PROBE, 1, "");
        return this;
    }

    HostHouses blind(Probe<?> probe) {
        houses.blind("jarvis", probe, "timed out after 10 s");
        return this;
    }

    /** What the probe of facts with this id answers. */
    HostHouses fact(String id, String text) {
        homelab.facts.FactProbes.all(Clusters.twoPis().nodes().get(0)).stream()
                .filter(probe -> probe.id().equals(id))
                .forEach(probe -> says(probe, text));
        return this;
    }

    Finding judge(Check check) {
        List<Finding> all = check.judge(houses.house());
        return all.stream()
                .filter(finding -> finding.subject().equals("jarvis"))
                .reduce((one, other) -> {
                    throw new IllegalStateException("two findings of one host: " + one + ", " + other);
                })
                .orElseThrow();
    }

    static String sections(String... namesAndTexts) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int at = 0; at < namesAndTexts.length; at += 2) {
            all.put(namesAndTexts[at], namesAndTexts[at + 1]);
        }
        StringBuilder text = new StringBuilder();
        all.forEach((name, body) -> text.append("\n@@homelab ")
                .append(name)
                .append('\n')
                .append(body)
                .append('\n'));
        return text.toString();
    }

    /** Runs a probe on this machine, with programs of that folder before all others. */
    static <T> Reading<T> run(Probe<T> probe, String shell, Path programs) {
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(shell.split(" ")));
            builder.environment().put("LC_ALL", "C");
            builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
            Path out = Files.createTempFile("probe", ".out");
            Process process = builder.redirectOutput(out.toFile()).start();
            try (var in = process.outputWriter()) {
                in.write(probe.shell());
            }
            Answer answer = new Answer(process.waitFor(), Files.readAllBytes(out), false);
            Files.delete(out);
            return new Reading.Known<>(probe.parser().apply(answer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            return new Reading.Unknown<>(String.valueOf(e.getMessage()));
        }
    }

    /** A program that prints a text, whatever it is asked. */
    static void program(Path folder, String name, String prints) throws IOException {
        Path text = folder.resolve(name + ".text");
        Files.writeString(text, prints, StandardCharsets.UTF_8);
        Path program = folder.resolve(name);
        Files.writeString(program, "#!/bin/sh\ncat '" + text + "'\n");
        program.toFile().setExecutable(true);
    }

    static homelab.model.Node jarvis() {
        return Clusters.twoPis().nodes().get(0);
    }
}
