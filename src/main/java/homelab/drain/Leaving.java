package homelab.drain;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A pod that is to leave, and the budgets that cover it.
 *
 * @param forced whether it was named as one that goes in spite of all
 */
public record Leaving(Pod pod, List<Budget> budgets, boolean forced) {

    public Leaving {
        budgets = List.copyOf(budgets);
    }

    /** What is in its way now, for people; "" when nothing is. */
    public String barred() {
        return forced
                ? ""
                : budgets.stream()
                        .filter(budget -> budget.bars(pod))
                        .map(Budget::told)
                        .collect(Collectors.joining("; "));
    }

    /** Its budgets by name, in front of what the API said; "" when it has none. */
    public String names() {
        return budgets.stream()
                .map(budget -> "PodDisruptionBudget " + budget.namespace() + "/" + budget.name() + ": ")
                .collect(Collectors.joining());
    }

    boolean barredForEver() {
        return !forced && budgets.stream().anyMatch(budget -> budget.barsForEver(pod));
    }
}
