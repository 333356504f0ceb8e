package homelab.resource.helm;

import static homelab.resource.helm.Captured.SHA256;
import static homelab.resource.helm.Captured.WHOAMI;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.ChartRelease;
import homelab.probe.Answer;
import homelab.problem.Problem;
import homelab.resource.Change;
import homelab.resource.LocalSh;
import homelab.resource.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {
    private static final ChartRelease NEWER = Captured.whoami("1.2.0", Map.of("replicas", 2L));
    private final Captured dropping = Captured.whoami().withRehearsal("greeter-rehearsal");

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh", "bash"})
    void isScriptForEveryShell(String shell) {
        String text = Rehearsal.probe(WHOAMI, SHA256).shell();
        LocalSh.Ran ran = new LocalSh()
                .run("command -v " + shell + " >/dev/null || exit 0\n" + shell + " -n <<'SCRIPT'\n" + text
                        + "\nSCRIPT\n");
        assertThat(ran.exit()).as(ran.out()).isZero();
    }

    @Test
    void refusesValuesThatTheSchemaOfTheChartDoesNotKnow() {
        Captured captured = Captured.whoami().withRehearsal("whoami-rehearsal-fault");

        Problem problem = refusal(NEWER, captured);

        assertThat(problem.what()).isEqualTo("release web/whoami: its values are not what the chart takes");
        assertThat(problem.why())
                .isEqualTo(
                        "by the schema of whoami 1.2.0: whoami: (root): Additional property replicsa is not allowed");
        assertThat(refusal(WHOAMI, captured.withoutRelease()).what()).isEqualTo(problem.what());
    }

    @Test
    void asksTheChartOnlyWhenThereIsSomethingToDo() {
        assertThat(probes(WHOAMI)).hasSize(1).noneMatch(id -> id.startsWith("rehearsal:"));
        assertThat(probes(NEWER)).hasSize(2).anyMatch(id -> id.startsWith("rehearsal:"));
    }

    private static List<String> probes(ChartRelease wanted) {
        Release release = new Release(wanted, SHA256, false);
        return release.then(Captured.whoami().readings(release)).stream()
                .map(probe -> probe.id())
                .toList();
    }

    @Test
    void refusesAChartThatDropsAVersionInWhichObjectsAreStored() {
        Problem problem = refusal(NEWER, dropping);

        assertThat(problem.what()).isEqualTo("release web/whoami: whoami 1.2.0 drops v1alpha1 of greetings.home.arpa");
        assertThat(problem.why()).contains("status.storedVersions: v1alpha1)");
        assertThat(problem.fix())
                .startsWith("first install a version of the chart that stores one of v1 and still has v1alpha1")
                .contains("{\"storedVersions\":[\"v1\"]}");
    }

    @Test
    void saysHowToGoOnWhenTheObjectsCanBeWrittenAnew() {
        Captured both = dropping.withRehearsal("   v1alpha1   v1alpha1   ", " v1 v1alpha1,v1 ");

        assertThat(refusal(NEWER, both).fix()).startsWith("write its objects anew: kubectl get greetings.home.arpa -A");
    }

    @Test
    void goesOnWhenTheVersionsOfStoredObjectsStay() {
        Captured kept =
                dropping.withRehearsal("wanted greetings.home.arpa v1", "wanted greetings.home.arpa v1alpha1 v1");

        assertThat(status(NEWER, kept)).isInstanceOf(Status.Drift.class);
    }

    @Test
    void refusesCrdsThatWouldGoBackAfterTheirReleaseWasUninstalled() {
        Captured left = dropping.withRehearsal("arpa v1\n", "arpa v1 v1alpha1\n")
                .withRehearsal("greeter-1.0.0", "whoami-1.10.0")
                .withoutRelease();

        assertThat(refusal(WHOAMI, left).what())
                .isEqualTo("release web/whoami: its CRD greetings.home.arpa would go back from 1.10.0 to 1.1.0");
    }

    @Test
    void saysWhichKindsAreThereAlready() {
        Captured left =
                dropping.withRehearsal("arpa v1\n", "arpa v1 v1alpha1\n").withoutRelease();

        assertThat(((Status.Drift) status(WHOAMI, left)).changes())
                .contains(new Change(
                        "CustomResourceDefinition greetings.home.arpa",
                        "there already, left by greeter-1.0.0",
                        "taken over with its one object"));
    }

    @Test
    void countsWhatTheApiDidNotList() {
        Captured many = dropping.withRehearsal("\"resourceVersion\":\"1821\"", "\"remainingItemCount\":41");
        Rehearsal read = rehearsal(many.rehearsal());

        assertThat(read.definitions().get(0).live().map(Definition.Live::objects))
                .contains(42L);
        assertThat(rehearsal(many.withRehearsal("\nobjects 200", "\nobjects 500")
                                .rehearsal())
                        .definitions()
                        .get(0)
                        .live()
                        .map(Definition.Live::objects))
                .contains(-1L);
    }

    @Test
    void isUnknownWhenTheKindsCouldNotBeCompared() {
        var broken = LocalSh.reading(Rehearsal.probe(WHOAMI, SHA256), 1, "wanted greetings.home.arpa v1\n");

        assertThat(broken.known()).isEmpty();
    }

    @Test
    void readsWhichServiceConvertsNoMore() {
        Api.Got got = new Api.Got(
                "{\"message\":\"conversion webhook for home.arpa/v1alpha1, Kind=Greeting failed: Post \\\"https://convert.web.svc:443/?timeout=30s\\\": service \\\"convert\\\" not found\"}",
                500);

        assertThat(DeadConversion.of(got))
                .contains(new DeadConversion(
                        "home.arpa/v1alpha1, Kind=Greeting", "web", "convert", "service \"convert\" not found"));
        assertThat(DeadConversion.of(new Api.Got("{\"message\":\"etcdserver: request timed out\"}", 500)))
                .isEmpty();
    }

    @Test
    void refusesWhatCannotBeReadUnlessItsOwnWebhookIsToBeMended() {
        Captured foreign = Captured.whoami().withObjects(service(), dead("other"));
        Problem problem = refusal(WHOAMI, foreign);
        assertThat(problem.what())
                .isEqualTo("release web/whoami: Service web/whoami cannot be read, nor could Helm change it");
        assertThat(problem.why()).contains("Service web/other, which converts v1, Kind=Service", "connection refused");
        assertThat(refusal(WHOAMI, edited(foreign))).isEqualTo(problem);
        Captured own = Captured.whoami().withObjects(service(), dead("whoami"));
        assertThat(refusal(WHOAMI, own).why()).contains("Service web/whoami, which converts");
        assertThat(status(WHOAMI, edited(own))).isInstanceOf(Status.Drift.class);
    }

    private static Captured edited(Captured captured) {
        return captured.withObjects("\"image\":\"busybox:1\"", "\"image\":\"busybox:2\"");
    }

    private static String dead(String service) {
        return "{\"message\":\"conversion webhook for v1, Kind=Service failed: Post \\\"https://" + service
                + ".web.svc:443/\\\": connection refused\"}\n500";
    }

    private static String service() {
        return Optional.of(Captured.whoami().objects())
                .map(all -> all.substring(all.indexOf("{\"kind\":\"Service\"")))
                .map(all -> all.substring(0, all.indexOf("\n200") + 4))
                .orElseThrow();
    }

    private static Rehearsal rehearsal(String text) {
        return Rehearsal.probe(WHOAMI, SHA256)
                .parser()
                .apply(new Answer(0, text.getBytes(StandardCharsets.UTF_8), false));
    }

    private static Status status(ChartRelease wanted, Captured captured) {
        Release release = new Release(wanted, SHA256, false);
        return release.status(captured.readings(release));
    }

    private static Problem refusal(ChartRelease wanted, Captured captured) {
        Status status = status(wanted, captured);
        assertThat(status).isInstanceOf(Status.Refused.class);
        return ((Status.Refused) status).problem();
    }
}
