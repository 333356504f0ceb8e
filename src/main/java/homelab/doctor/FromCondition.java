package homelab.doctor;

import homelab.check.Condition;
import java.util.Arrays;
import java.util.List;

/** Findings that say what the named conditions say, which status and every wait judge too. */
public final class FromCondition {
    private FromCondition() {}

    public static List<Finding> of(Check check, House house, Condition.Name... names) {
        return house.conditions().stream()
                .filter(condition -> Arrays.asList(names).contains(condition.name()))
                .map(condition -> finding(check, condition))
                .toList();
    }

    private static Finding finding(Check check, Condition condition) {
        String subject = condition.subject();
        return switch (condition.verdict()) {
            case TRUE -> check.pass(subject, condition.why());
            case FALSE ->
                check.fail(subject, condition.name().whenFalse())
                        .by(condition.why())
                        .fix(condition.fix());
            case UNKNOWN -> check.unknown(subject, condition.why()).fix(condition.fix());
        };
    }
}
