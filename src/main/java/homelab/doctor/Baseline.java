package homelab.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an earlier run found, so that only what is new is told.
 *
 * @param verdicts of what it told, by {@link Finding#key}
 */
public record Baseline(Map<String, Verdict> verdicts) {
    /** So many are named; of a host that is back there are thirty. */
    private static final int FEW = 5;

    /**
     * @param json what {@code doctor -o json} wrote
     * @throws Failure with exit USAGE when it is something else
     */
    public static Baseline read(String json) {
        Map<String, Verdict> verdicts = new TreeMap<>();
        try {
            JsonNode tree = JsonAnswer.tree(json);
            if (!tree.path("schema").asText().equals("homelab/doctor/v1")) {
                throw new IllegalArgumentException("it is not of schema homelab/doctor/v1");
            }
            for (JsonNode finding : tree.path("findings")) {
                verdict(finding.path("verdict").asText())
                        .filter(verdict -> verdict.compareTo(Verdict.PASS) < 0)
                        .ifPresent(verdict -> verdicts.merge(
                                finding.path("check").asText() + " "
                                        + finding.path("subject").asText(),
                                verdict,
                                Baseline::worse));
            }
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "the baseline cannot be read",
                            String.valueOf(e.getMessage()),
                            "make one: homelab doctor -o json > baseline.json"));
        }
        return new Baseline(verdicts);
    }

    /** What is told now, for a later look. */
    public static Baseline of(Checkup checkup) {
        Map<String, Verdict> verdicts = new TreeMap<>();
        checkup.findings().stream()
                .filter(Finding::isTold)
                .forEach(finding -> verdicts.merge(finding.key(), finding.verdict(), Baseline::worse));
        return new Baseline(verdicts);
    }

    private static Verdict worse(Verdict one, Verdict other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Optional<Verdict> verdict(String name) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.name().equals(name))
                .findFirst();
    }

    /** Only what is new or worse, and a note for each that is gone. */
    public Checkup compared(Checkup checkup) {
        List<String> gone = new ArrayList<>();
        List<String> judged = new ArrayList<>();
        verdicts.forEach((key, verdict) -> {
            boolean there = checkup.findings().stream()
                    .anyMatch(now -> now.isTold() && now.key().equals(key));
            if (!there) {
                (verdict == Verdict.UNKNOWN ? judged : gone).add(key);
            }
        });
        List<String> notes = new ArrayList<>();
        gone.forEach(key -> notes.add("gone: " + key));
        if (!judged.isEmpty()) {
            notes.add(
                    "judged again: " + (judged.size() > FEW ? judged.size() + " findings" : String.join(", ", judged)));
        }
        return checkup.without(this::isKnown).noting(notes);
    }

    private boolean isKnown(Finding finding) {
        Verdict before = verdicts.getOrDefault(finding.key(), Verdict.PASS);
        return finding.isTold() && finding.verdict().compareTo(before) >= 0;
    }
}
