package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the laboratory's own tests say, one sentence each. */
@ExtendWith(InLab.class)
class LabToolStory {

    /** From cold caches this takes longer than all that follows, and is nothing that it is to be judged by. */
    @BeforeAll
    static void whatALabNeedsIsBuilt() {
        Said.by(Lab.TO_BUILD, "cli/lab", "artifacts").ok();
    }

    @TestFactory
    Stream<DynamicTest> theLaboratoryIsWhatItSays() {
        Said said = Said.by(Duration.ofMinutes(5), "src/lab/test/lab_test.sh");
        String[] lines = said.out().split("(?m)^(?=ok |FAIL|\\d+ passed)");
        assertThat(lines.length).as(said.out() + said.err()).isGreaterThan(20);
        return Stream.of(lines).map(line -> DynamicTest.dynamicTest(title(line), () -> judge(line, said)));
    }

    @Test
    void labK3sBehavesLikeK3s() {
        assumeTrue(
                Boolean.getBoolean("lab.k3s"), "64 checks of lab k3s take four minutes: ./mvnw verify -Dlab.k3s=true");

        Said said = Said.by(Duration.ofMinutes(20), "src/lab/k3s/test.sh");

        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out()).containsPattern("passed [1-9]\\d+, failed 0").doesNotContain("FAIL");
    }

    @Test
    void machinesLosePowerAndHaveClocks() {
        assumeTrue(
                Boolean.getBoolean("lab.vm"),
                "11 checks of the machines take ten minutes under emulation: ./mvnw verify -Dlab.vm=true");

        Said said = Said.by(Duration.ofMinutes(30), "src/lab/test/machine_test.sh");

        assumeTrue(!said.out().contains("1 skipped"), said.out());
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out()).containsPattern("[1-9]\\d* passed, 0 failed").doesNotContain("FAIL");
    }

    private static String title(String line) {
        return line.lines().findFirst().orElse("").replaceFirst("^(ok|FAIL) *", "");
    }

    private static void judge(String line, Said said) {
        assertThat(line).doesNotStartWith("FAIL");
        if (line.matches("(?s)\\d+ passed.*")) {
            assertThat(said.exit()).as(line).isZero();
        }
    }
}
