package homelab.doctor;

import java.util.List;

/** What a check says of a house, as short as a test wants it: {@code WARN Namespace web}. */
public final class Verdicts {
    private Verdicts() {}

    public static List<String> of(Check check, Houses houses) {
        return check.judge(houses.house()).stream()
                .map(finding -> finding.verdict() + " " + finding.subject())
                .toList();
    }

    /** The only finding. */
    public static Finding one(Check check, Houses houses) {
        List<Finding> all = check.judge(houses.house());
        if (all.size() != 1) {
            throw new AssertionError("not one finding: " + all);
        }
        return all.get(0);
    }
}
