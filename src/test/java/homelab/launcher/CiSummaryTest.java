package homelab.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the last lines of a run in CI say, from reports as surefire writes them. */
class CiSummaryTest {
    @TempDir
    Path folder;

    @Test
    void countsWhatPassedFailedAndWasSkipped() throws Exception {
        assertThat(summary("""
                                <testsuite name="homelab.model.CidrTest" tests="4">
                                  <testcase name="reads" classname="homelab.model.CidrTest" time="0.1"/>
                                  <testcase name="fails" classname="homelab.model.CidrTest" time="0.1">
                                    <failure message="expected" type="java.lang.AssertionError">trace</failure>
                                  </testcase>
                                  <testcase name="breaks" classname="homelab.model.CidrTest" time="0.1">
                                    <error type="java.io.IOException">trace</error>
                                    <system-out>&lt;failure</system-out>
                                  </testcase>
                                  <testcase name="writes" classname="homelab.model.CidrTest" time="0.1">
                                    <system-out>text</system-out>
                                  </testcase>
                                </testsuite>
                                """)).isEqualTo("2 passed, 2 failed, 0 skipped\n");
    }

    @Test
    void namesEachSkippedTestWithItsReason() throws Exception {
        assertThat(summary("""
                                  <testcase name="mends" classname="homelab.lab.BootstrapStory" time="0">
                                    <skipped message="Assumption failed: no &quot;docker&quot; &amp; no root" type="x"/>
                                  </testcase>
                                  <testcase name="" classname="homelab.lab.JoinStory" time="0">
                                    <skipped message="Assumption failed: no &quot;docker&quot; &amp; no root" type="x"/>
                                  </testcase>
                                """)).isEqualTo("""
                        Skipped, and why:
                          no "docker" & no root
                            BootstrapStory.mends
                            JoinStory
                        0 passed, 0 failed, 2 skipped
                        """);
    }

    @Test
    void readsTheReasonFromATraceToo() throws Exception {
        assertThat(summary("""
                                  <testcase name="joins" classname="homelab.lab.JoinStory" time="0">
                                    <skipped type="x"><![CDATA[x.Aborted: Assumption failed: no Docker daemon answers
                                  at homelab.lab.JoinStory.look(JoinStory.java:1)
                                ]]></skipped>
                                  </testcase>
                                """)).isEqualTo("""
                        Skipped, and why:
                          no Docker daemon answers
                            JoinStory.joins
                        0 passed, 0 failed, 1 skipped
                        """);
    }

    @Test
    void callsATestThatIsSkippedWithoutAReasonADefect() throws Exception {
        assertThat(summary("<testcase name=\"a\" classname=\"B\" time=\"0\">\n<skipped/>\n</testcase>"))
                .contains("B.a (says no reason, which is a defect)");
    }

    @Test
    void saysSoWhenNothingRan() throws Exception {
        assertThat(summary("")).isEqualTo("0 passed, 0 failed, 0 skipped\n");
    }

    private String summary(String reports) throws IOException, InterruptedException {
        Path file = folder.resolve("TEST-all.xml");
        Files.writeString(file, reports);
        Process process = new ProcessBuilder("awk", "-f", ".ci/summary.awk", file.toString())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
