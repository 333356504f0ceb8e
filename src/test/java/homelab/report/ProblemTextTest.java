package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Place;
import homelab.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemTextTest {

    @Test
    void tellsWhatWhereWhyAndFixInThatOrder() {
        Problem problem = Problem.at(
                new Place("two-pis.yaml", 3, 5, Optional.of("    adress: 10.0.1.10")),
                "unknown key 'adress'",
                "a node has no such key",
                "did you mean address?");

        assertThat(new ProblemText(Terminal.PIPE).of(List.of(problem))).isEqualTo("""
                        ✗ unknown key 'adress'
                            at   two-pis.yaml:3:5
                                 |     adress: 10.0.1.10
                                 |     ^
                            why  a node has no such key
                            fix  did you mean address?
                        """);
    }

    @Test
    void fitsATerminalFortyColumnsWide() {
        Problem problem = Problem.of(
                "ultron: cannot join the cluster because of something long",
                "the memory cgroup is off (cgroup_enable=memory is missing in /boot/firmware/cmdline.txt)",
                "homelab bootstrap --only host --node ultron --reboot");

        String text = new ProblemText(new Terminal(40, false, true, true)).of(List.of(problem));

        assertThat(text.lines()).allMatch(line -> line.length() <= 40);
    }

    @Test
    void makesForeignTextHarmless() {
        String text = new ProblemText(Terminal.PIPE)
                .of(List.of(Problem.of("a\u001b[2Jb", "right-to-left \u202e and bell \u0007", "")));

        assertThat(text).contains("a\\x1b[2Jb", "\\u202e", "\\x07").doesNotContain("\u001b");
    }

    @Test
    void writesOnlyAsciiWhereTheLocaleHasNoMore() {
        String text = new ProblemText(new Terminal(80, false, true, false)).of(List.of(Problem.of("a", "b", "c")));

        assertThat(text).startsWith("x a\n").matches("\\p{ASCII}*");
    }
}
