package homelab.report;

import homelab.plan.Plan;
import homelab.plan.Planned;
import homelab.resource.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What of a plan is not for a host, and why; a line for each reason. */
public final class LeftOutText {
    private LeftOutText() {}

    public static String of(Plan plan) {
        Map<String, Set<String>> hosts = new LinkedHashMap<>();
        for (Planned planned : plan.steps()) {
            if (planned.status() instanceof Status.NotHere left) {
                String what = planned.step().resource().id() + ": " + left.why();
                hosts.computeIfAbsent(what, key -> new TreeSet<>())
                        .add(planned.step().target().toString());
            }
        }
        StringBuilder text = new StringBuilder();
        hosts.forEach((what, on) -> text.append("not on ")
                .append(String.join(", ", on))
                .append(": ")
                .append(Safe.line(what))
                .append('\n'));
        return text.toString();
    }
}
