package homelab.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

    @Test
    void putsEachValueInItsPlacesAndTakesItAsItIs() {
        assertThat(new Template("t", "a=${a} ${b.c-d}\n${a}$").fill(Map.of("a", "$1 ${b}\\", "b.c-d", "")))
                .isEqualTo("a=$1 ${b}\\ \n$1 ${b}\\$");
    }

    @Test
    void leavesAnEscapedHoleAsText() {
        assertThat(new Template("t", "ExecStart=/bin/sh -c $${HOME} $HOME").fill(Map.of()))
                .isEqualTo("ExecStart=/bin/sh -c ${HOME} $HOME");
    }

    @Test
    void tellsEveryMistakeWithItsPlace() {
        List<Problem> problems = problems(new Template("etc/x.conf", "one ${on}\n  two ${two\n"), Map.of("one", "1"));
        assertThat(problems)
                .extracting(Problem::what)
                .containsExactly(
                        "the template asks for ${on}", "a ${ that is no ${name}", "the template has no place for one");
        assertThat(problems)
                .extracting(problem -> problem.where().orElseThrow().toString())
                .containsExactly("etc/x.conf:1:5", "etc/x.conf:2:7", "etc/x.conf:1:1");
        assertThat(problems.get(1).where().orElseThrow().excerpt()).contains("  two ${two");
        assertThat(problems.get(0).why()).contains("[one]");
    }

    @Test
    void saysWhichTemplateWasLeftOutOfTheProgram() {
        assertThatThrownBy(() -> Templates.load("etc/none")).hasMessageContaining("templates/etc/none");
    }

    private static List<Problem> problems(Template template, Map<String, String> values) {
        Failure failure = catchThrowableOfType(Failure.class, () -> template.fill(values));
        assertThat(failure.exit()).isEqualTo(Exit.USAGE);
        return failure.problems();
    }
}
