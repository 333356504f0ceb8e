package homelab.check;

import homelab.check.StatusReport.NodeLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The state of the house in one sentence: how many nodes are Ready, then what is wrong, the cause before its effects. */
final class Sentence {
    private Sentence() {}

    static String of(List<NodeLine> nodes, List<Condition> conditions) {
        String sentence = ready(nodes);
        String wrong = wrong(conditions);
        long unknown = count(conditions, Verdict.UNKNOWN);
        if (!wrong.isEmpty()) {
            sentence += "; " + wrong;
        }
        return unknown == 0 ? sentence : sentence + "; " + number(unknown, "condition") + " could not be judged";
    }

    private static String ready(List<NodeLine> nodes) {
        List<NodeLine> ours = nodes.stream().filter(NodeLine::inInventory).toList();
        long ready = ours.stream().filter(node -> node.ready() == Verdict.TRUE).count();
        return ready == ours.size()
                ? number(ready, "node") + " Ready"
                : ready + " of " + number(ours.size(), "node") + " Ready";
    }

    /** The names of conditions stand in the order of cause and effect, so the first that fails tells most. */
    private static String wrong(List<Condition> conditions) {
        Map<Condition.Name, String> subjects = conditions.stream()
                .filter(condition -> condition.verdict() == Verdict.FALSE)
                .collect(Collectors.toMap(
                        Condition::name, Condition::subject, (one, two) -> one + ", " + two, LinkedHashMap::new));
        return subjects.entrySet().stream()
                .limit(1)
                .map(first -> first.getValue() + ": " + first.getKey().whenFalse()
                        + (subjects.size() > 1
                                ? " (and " + number(subjects.size() - 1, "more kind") + " of trouble)"
                                : ""))
                .collect(Collectors.joining());
    }

    private static long count(List<Condition> conditions, Verdict verdict) {
        return conditions.stream()
                .filter(condition -> condition.verdict() == verdict)
                .count();
    }

    private static String number(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
