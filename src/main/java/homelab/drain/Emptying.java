package homelab.drain;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.drain.Pod.Fate;
import homelab.json.JsonAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What must happen so that a node runs nothing but what belongs to it.
 *
 * @param member whether the cluster has the node
 * @param cordoned whether it takes no new pods
 * @param leaving the pods that are to leave
 * @param alone pods that nobody makes anew and nobody has named
 */
public record Emptying(boolean member, boolean cordoned, List<Leaving> leaving, List<Pod> alone) {

    public Emptying {
        leaving = List.copyOf(leaving);
        alone = List.copyOf(alone);
    }

    /**
     * What the API told.
     *
     * @param node the Node, or a Status that says that there is none
     * @param pods the list of those on it
     * @param budgets all PodDisruptionBudgets
     * @throws IllegalArgumentException when one of them is no answer of the API
     */
    public static Emptying of(String node, String pods, String budgets, Terms terms) {
        JsonNode told = JsonAnswer.tree(node);
        if (told.path("code").asInt() == 404) {
            return new Emptying(false, false, List.of(), List.of());
        }
        required(told, "Node");
        List<Budget> all = items(budgets, "PodDisruptionBudgetList").stream()
                .map(Budget::of)
                .toList();
        List<Leaving> leaving = new ArrayList<>();
        List<Pod> alone = new ArrayList<>();
        for (JsonNode item : items(pods, "PodList")) {
            Pod pod = Pod.of(item);
            boolean forced = terms.forced().contains(pod.title());
            if (pod.fate() == Fate.LEAVES || pod.fate() == Fate.ALONE && forced) {
                leaving.add(new Leaving(
                        pod, all.stream().filter(budget -> budget.covers(pod)).toList(), forced));
            } else if (pod.fate() == Fate.ALONE && !terms.aloneStay()) {
                alone.add(pod);
            }
        }
        return new Emptying(true, told.path("spec").path("unschedulable").asBoolean(), leaving, alone);
    }

    private static List<JsonNode> items(String list, String kind) {
        JsonNode told = JsonAnswer.tree(list);
        required(told, kind);
        return StreamSupport.stream(told.path("items").spliterator(), false).toList();
    }

    private static void required(JsonNode told, String kind) {
        if (!told.path("kind").asText().equals(kind)) {
            throw new IllegalArgumentException("the API did not tell a " + kind + ": "
                    + told.path("message").asText(told.path("kind").asText("nothing")));
        }
    }

    /** Nothing is left to do. */
    public boolean done() {
        return !member || cordoned && leaving.isEmpty() && alone.isEmpty();
    }

    /** Pods that a budget keeps there however long one waits. */
    public List<Leaving> barredForEver() {
        return leaving.stream().filter(Leaving::barredForEver).toList();
    }
}
