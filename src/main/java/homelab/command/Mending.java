package homelab.command;

import homelab.doctor.Check;
import homelab.doctor.Checkup;
import homelab.doctor.Finding;
import homelab.doctor.Page;
import homelab.doctor.Verdict;
import homelab.phase.Narrowed;
import homelab.phase.Phase;
import homelab.plan.Step;
import homelab.plan.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code doctor --fix} may do: of bootstrap's steps those that set right what was found, on the nodes where it was
 * found, and only for checks whose page calls that safe.
 *
 * @param resources by node's name, the ids of the resources that are to be set right there
 */
record Mending(Map<String, Set<String>> resources) {

    static Mending of(Checkup checkup, List<Check> checks) {
        Map<String, Set<String>> resources = new HashMap<>();
        for (Check check : checks) {
            if (!check.mendedBy().isEmpty() && Page.of(check.id()).isSafe()) {
                checkup.findings().stream()
                        .filter(finding -> finding.check().equals(check.id()) && isWrong(finding))
                        .forEach(finding -> resources
                                .computeIfAbsent(finding.subject(), node -> new HashSet<>())
                                .addAll(check.mendedBy()));
            }
        }
        return new Mending(resources);
    }

    /** What could not be seen is not mended. */
    private static boolean isWrong(Finding finding) {
        return finding.verdict() == Verdict.FAIL || finding.verdict() == Verdict.WARN;
    }

    boolean isEmpty() {
        return resources.isEmpty();
    }

    List<Phase> of(List<Phase> phases) {
        return phases.stream()
                .<Phase>map(phase -> new Narrowed(phase, (whole, step) -> mends(step)))
                .toList();
    }

    private boolean mends(Step step) {
        return step.target() instanceof Target.OnHost host
                && resources
                        .getOrDefault(host.node().text(), Set.of())
                        .contains(step.resource().id());
    }
}
