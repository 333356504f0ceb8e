package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.doctor.Checks;
import homelab.doctor.Checkup;
import homelab.doctor.Houses;
import homelab.doctor.SnapshotJson;
import homelab.phase.Clusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What machines read of findings, held to what their readers take. */
class DoctorMachineFormsTest {

    @Test
    void junitsReportIsWhatItsReadersTake() throws IOException {
        DoctorForms.junit(DoctorJUnit.of(inTrouble()));
        DoctorForms.junit(DoctorJUnit.of(Checkup.of(
                Clusters.twoPis(), Houses.twoPis().lost("ultron", "no route").snapshot(), Checks.all())));
    }

    @Test
    void theSchemaRefusesWhatReadersWould() throws IOException {
        String well = DoctorJUnit.of(inTrouble());

        for (String bad : new String[] {
            well.replaceFirst("tests=\"\\d+", "tests=\"1"),
            well.replace("classname=", "class="),
            well.replaceFirst("timestamp=\"[^\"]+", "timestamp=\"2026-11-22T04:44:00.5Z"),
            well.replaceFirst("<failure ", "<failed ")
        }) {
            assertThatThrownBy(() -> DoctorForms.junit(bad)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void metricsAreOfPrometheussGrammar() throws IOException {
        DoctorForms.metrics(DoctorMetrics.of(inTrouble()));

        assertThatThrownBy(
                        () -> DoctorForms.metrics(DoctorMetrics.of(inTrouble()).replace("} 1\n", "} x\n")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void promtoolTakesTheMetrics(@TempDir Path folder) throws Exception {
        assumeTrue(promtool("--version", folder.resolve("nothing")) == 0, "promtool is not in PATH");
        Path metrics = Files.writeString(folder.resolve("doctor.prom"), DoctorMetrics.of(inTrouble()));
        Path broken = Files.writeString(
                folder.resolve("broken.prom"), Files.readString(metrics).replace("} 1\n", "} x\n"));

        assertThat(promtool("check metrics", metrics)).isZero();
        assertThat(promtool("check metrics", broken)).isNotZero();
    }

    private static int promtool(String words, Path input) throws Exception {
        if (!Files.exists(input)) {
            Files.createFile(input);
        }
        Process process = new ProcessBuilder("sh", "-c", "promtool " + words + " <" + input)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static Checkup inTrouble() throws IOException {
        String kept = Files.readString(Path.of("src/test/resources/doctor/snapshot-v1.json"));
        return Checkup.of(Clusters.twoPis(), SnapshotJson.read(kept), Checks.all());
    }
}
