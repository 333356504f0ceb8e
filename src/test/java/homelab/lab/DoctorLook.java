package homelab.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import homelab.command.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What doctor told at one look: what passes and what does not apply is left out. */
record DoctorLook(Map<String, Line> byKey) {
    private static final Set<String> TOLD = Set.of("FAIL", "UNKNOWN", "WARN");

    /** @param because the key of what it follows from; empty when it stands for itself */
    record Line(
            String check,
            String verdict,
            String subject,
            String what,
            List<String> evidence,
            String fix,
            String because) {
        String key() {
            return check + " " + subject;
        }

        String told() {
            return verdict + " " + key() + ": " + what + (because.isEmpty() ? "" : " (because of " + because + ")");
        }

        /** As a person would want to read it. */
        String text() {
            return told() + "\n    " + String.join("\n    ", evidence) + "\n    fix  " + fix + "\n";
        }
    }

    static DoctorLook by(Homelab homelab) {
        Run run = homelab.run("doctor", "--all", "-o", "json");
        try {
            Map<String, Line> byKey = new LinkedHashMap<>();
            for (JsonNode finding : new ObjectMapper().readTree(run.out()).path("findings")) {
                Line line = line(finding);
                if (TOLD.contains(line.verdict())) {
                    byKey.put(line.key(), line);
                }
            }
            return new DoctorLook(byKey);
        } catch (JsonProcessingException e) {
            throw new AssertionError("doctor wrote no JSON:\n" + run.out() + run.err(), e);
        }
    }

    private static Line line(JsonNode finding) {
        List<String> evidence = new ArrayList<>();
        finding.path("evidence").forEach(one -> evidence.add(one.asText()));
        return new Line(
                finding.path("check").asText(),
                finding.path("verdict").asText(),
                finding.path("subject").asText(),
                finding.path("what").asText(),
                evidence,
                finding.path("fix").asText(),
                finding.path("because").asText());
    }

    /** What was not told before, or as less bad or as something else. */
    List<Line> since(DoctorLook before) {
        return byKey.values().stream()
                .filter(line -> {
                    Line old = before.byKey.get(line.key());
                    return old == null || !old.verdict().equals(line.verdict());
                })
                .toList();
    }

    List<String> of(String verdict) {
        return byKey.values().stream()
                .filter(line -> line.verdict().equals(verdict))
                .map(Line::told)
                .toList();
    }

    /** What either says and the other does not. */
    List<String> otherThan(DoctorLook other) {
        List<String> all = new ArrayList<>();
        since(other).forEach(line -> all.add(line.told()));
        other.since(this).stream()
                .filter(line -> !byKey.containsKey(line.key()))
                .forEach(line -> all.add("no more: " + line.told()));
        return all;
    }

    /** Nothing fails and nothing is unknown. */
    boolean isHealthy() {
        return of("FAIL").isEmpty() && of("UNKNOWN").isEmpty();
    }

    /** What is told, without the words. */
    Set<String> verdicts() {
        Set<String> all = new java.util.TreeSet<>();
        byKey.values().forEach(line -> all.add(line.verdict() + " " + line.key()));
        return all;
    }
}
