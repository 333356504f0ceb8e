package homelab.plan;

import homelab.problem.Problem;
import java.util.Locale;

/** What preflight found before the first change; each is told together with all others. */
public record Finding(Severity severity, Problem problem) {
    /** In falling order. */
    public enum Severity {
        /** Stops the run with exit 6 before anything is changed. */
        REFUSE,
        WARN,
        /** Would stop us, but homelab itself mends it in this very run. */
        NOTE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Finding refuse(String what, String why, String fix) {
        return new Finding(Severity.REFUSE, Problem.of(what, why, fix));
    }

    public static Finding warn(String what, String why, String fix) {
        return new Finding(Severity.WARN, Problem.of(what, why, fix));
    }

    public static Finding note(String what, String why, String fix) {
        return new Finding(Severity.NOTE, Problem.of(what, why, fix));
    }

    public boolean refused() {
        return severity == Severity.REFUSE;
    }
}
