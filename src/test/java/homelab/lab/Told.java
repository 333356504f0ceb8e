package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;

/** Holds what was told of a bad day to the form of a problem: what, why, fix, and never a stack trace. */
final class Told {
    private Told() {}

    static void problem(Run run, Exit exit, String what, String why, String fix) {
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        problem(run.err(), what, why, fix);
    }

    static void problem(String text, String what, String why, String fix) {
        assertThat(text).containsPattern("(?m)^[✗x] .*" + what);
        assertThat(text).containsPattern("(?m)^    why  .*" + why);
        assertThat(text).containsPattern("(?m)^    fix  .*" + fix);
        noTrace(text);
    }

    static void noTrace(String text) {
        assertThat(text).doesNotContainPattern("(?m)^\\s+at [a-z]").doesNotContainPattern("[a-z]Exception");
    }
}
