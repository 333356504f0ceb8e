package homelab.resource.argo;

import static homelab.resource.argo.Cluster.application;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Probe;
import homelab.resource.LocalSh;
import homelab.resource.Status;
import homelab.resource.Status.Drift;
import homelab.resource.Worst;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApplicationReadyTest {
    private static final ApplicationReady READY = new ApplicationReady("argocd", "root");
    private static final String HEALTHY = "\"health\":{\"status\":\"Healthy\"}";

    private static final String AWAY = """
            "sync":{"status":"Unknown"},"history":[{"id":0}],"operationState":{"finishedAt":"2026-11-21T23:54:52Z"},""";

    private static Status status(String status) {
        return Cluster.judges(READY, application("root", "", "", status));
    }

    @Test
    void isReadyWhenItWasSyncedAndIsHealthy() {
        assertThat(status("\"sync\":{\"status\":\"Synced\"}," + HEALTHY)).isEqualTo(Status.SAME);
        assertThat(status(AWAY + "\"reconciledAt\":\"2026-11-21T23:59:00Z\"," + HEALTHY))
                .as("Git is away for a while")
                .isEqualTo(Status.SAME);
    }

    @Test
    void doesNotTakeTheHealthOfBeforeASyncForThatAfterIt() {
        assertThat(status(AWAY + "\"reconciledAt\":\"2026-11-21T23:54:52Z\"," + HEALTHY))
                .isEqualTo(drift("Unknown, Healthy"));
    }

    @Test
    void isNotReadyBeforeItWasCompared() {
        assertThat(status("")).isEqualTo(drift("not compared yet"));
        assertThat(status("\"sync\":{\"status\":\"OutOfSync\"}," + HEALTHY)).isEqualTo(drift("OutOfSync, Healthy"));
    }

    @Test
    void saysWhatItWaitsFor() {
        assertThat(status("""
                "sync":{"status":"OutOfSync"},"health":{"status":"Missing"},
                "operationState":{"message":"waiting for completion of hook batch/Job/migrate"}"""))
                .isEqualTo(drift("OutOfSync, Missing: waiting for completion of hook batch/Job/migrate"));
        assertThat(status("""
                "sync":{"status":"Synced"},"health":{"status":"Degraded"},"resources":[{"kind":"Application","name":"web",
                "health":{"status":"Degraded","message":"no image"}},{"kind":"Service","name":"web","health":{"status":"Healthy"}}]""")).isEqualTo(drift("Synced, Degraded: Application web is Degraded no image"));
        assertThat(status("""
                "sync":{"status":"Unknown"},"health":{"status":"Healthy"},
                "conditions":[{"type":"ComparisonError","message":"repository not found"}]""")).isEqualTo(drift("Unknown, Healthy: repository not found"));
    }

    private static Drift drift(String is) {
        return (Drift) Status.drift(Worst.WAIT, "Application root", is, "Synced, Healthy");
    }

    @Test
    void doesNotWaitForOneThatIsPausedOrNotThere() {
        String paused = ",\"annotations\":{\"argocd.argoproj.io/skip-reconcile\":\"true\"}";
        assertThat(Cluster.judges(READY, application("root", paused, "", "")))
                .isEqualTo(new Status.NotHere("it is paused"));
        assertThat(Cluster.judges(READY)).isInstanceOf(Status.Waits.class);
    }

    @Test
    void givesUpOnAnErrorThatLastsAndNotOnAFirstOne() {
        String error = "\"conditions\":[{\"type\":\"ComparisonError\",\"message\":\"app path does not exist\","
                + "\"lastTransitionTime\":\"2026-11-21T20:00:00Z\"}]";
        assertThat(vain("2026-11-21T20:00:30Z", error)).isEmpty();
        assertThat(vain("2026-11-21T20:01:30Z", error)).contains("app path does not exist");
        String failed = "\"operationState\":{\"phase\":\"Failed\",\"message\":\"one or more objects failed to apply\","
                + "\"finishedAt\":\"2026-11-21T20:00:00Z\"}";
        assertThat(vain("2026-11-21T20:01:30Z", failed)).contains("one or more objects failed to apply");
        assertThat(vain("2026-11-21T20:01:30Z", failed.replace("Failed", "Succeeded")))
                .isEmpty();
    }

    private static Optional<String> vain(String now, String status) {
        Probe<Optional<String>> probe = READY.vain().get(0);
        String answer =
                java.time.Instant.parse(now).getEpochSecond() + "\n" + application("root", "", "", status) + "\n200\n";
        return LocalSh.reading(probe, 0, answer).known().orElseThrow();
    }
}
