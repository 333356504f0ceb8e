package homelab.resource.helm;

import static homelab.resource.helm.Captured.SHA256;
import static homelab.resource.helm.Captured.WHOAMI;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.ChartRelease;
import homelab.resource.Change;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    private static final String IMAGE = "\"image\":\"busybox:1\"";
    private final Captured captured = Captured.whoami();

    @Test
    void isSameWhenHelmAndTheClusterHaveItAsTheInventory() {
        assertThat(status(captured)).isEqualTo(Status.SAME);
    }

    @Test
    void isCreatedWhenHelmKnowsNoneOfTheName() {
        assertThat(status(captured.withoutRelease()))
                .isEqualTo(Status.drift(Worst.CREATE, "release web/whoami", "absent", "whoami 1.1.0"));
    }

    @Test
    void showsAFieldThatWasChangedByHand() {
        assertThat(changes(captured.withObjects(IMAGE, "\"image\":\"busybox:2\"")))
                .containsExactly(new Change(
                        "Deployment web/whoami spec.template.spec.containers[web].image", "busybox:2", "busybox:1"));
    }

    @Test
    void showsAnObjectThatWasDeletedByHand() {
        assertThat(changes(without("Service"))).containsExactly(new Change("Service web/whoami", "absent", "present"));
    }

    private Captured without(String kind) {
        StringBuilder text = new StringBuilder();
        for (String line : captured.objects().split("\n")) {
            boolean gone = line.startsWith("{\"kind\":\"" + kind + "\"");
            text.append(gone ? "{\"kind\":\"Status\"}\n404" : line).append("\n");
            if (gone) {
                text.append("drop");
            }
        }
        return new Captured(
                captured.cluster(), captured.release(), text.toString().replaceAll("drop\n*200\n", ""), "unknown", "");
    }

    @Test
    void showsAChangedVersionAndChangedValues() {
        ChartRelease wanted = Captured.whoami("1.2.0", Map.of("replicas", 3L, "greeting", "hi"));
        assertThat(((Status.Drift) status(wanted, captured)).changes())
                .containsExactlyInAnyOrder(
                        new Change("chart", "whoami 1.1.0", "whoami 1.2.0"),
                        new Change("values replicas", "2", "3"),
                        new Change("values greeting", "absent", "hi"));
    }

    @Test
    void showsAnotherContentOfTheSameVersion() {
        Captured other = captured.withHead("\"homelab/chart\":\"f1a76e", "\"homelab/chart\":\"000000");
        assertThat(changes(other))
                .containsExactly(new Change("chart", "whoami 1.1.0 with another content", "whoami 1.1.0"));
    }

    @Test
    void refusesToGoBack() {
        assertThat(refusal(Captured.whoami("1.0.9", Map.of("replicas", 2L)), captured))
                .contains("would go back from 1.1.0 to 1.0.9");
    }

    @Test
    void refusesAnotherChartUnderTheSameName() {
        assertThat(refusal(
                        WHOAMI,
                        captured.withRelease(json ->
                                json.replace("\"name\":\"whoami\",\"version\"", "\"name\":\"other\",\"version\""))))
                .contains("is a release of another chart", "other 1.1.0");
    }

    @Test
    void showsWhyARevisionFailed() {
        Captured failed = captured.withRelease(json -> json.replace("\"status\":\"deployed\"", "\"status\":\"failed\"")
                .replace("\"description\":\"homelab\"", "\"description\":\"pre-upgrade hooks failed\""));
        assertThat(changes(failed)).contains(new Change("status", "failed: pre-upgrade hooks failed", "deployed"));
    }

    @Test
    void mendsWhatAnInterruptedRunOfOursLeft() {
        Captured pending = pending("pending-upgrade").withHead("at 1795291977 ", "at 1795291977 a256b67f1db09b22");
        assertThat(changes(pending).get(0).before()).startsWith("pending-upgrade: ");
    }

    @Test
    void leavesAloneWhatSomebodysHelmWorksOn() {
        Captured atWork = pending("pending-install").withHead("at 1795291977", "at 1795291915");
        assertThat(refusal(WHOAMI, atWork))
                .contains("somebody's Helm works on it", "pending-install since 2026-11-21T20:11:54");
    }

    @Test
    void mendsWhatIsPendingForTooLong() {
        Captured old = pending("pending-install").withHead("at 1795291977", "at 1795292977");
        assertThat(status(old)).isInstanceOf(Status.Drift.class);
    }

    private Captured pending(String status) {
        return captured.withRelease(json -> json.replace("\"status\":\"deployed\"", "\"status\":\"" + status + "\""));
    }

    @Test
    void leavesAloneWhatIsBeingUninstalled() {
        assertThat(refusal(WHOAMI, pending("uninstalling"))).contains("is being uninstalled");
    }

    @Test
    void namesWhatHoldsANamespaceThatIsBeingDeleted() {
        Captured terminating = captured.withItems(0, """
                {"metadata":{"name":"web"},"status":{"phase":"Terminating","conditions":[
                {"type":"NamespaceContentRemaining","status":"True","message":"applications.argoproj.io has 3 resource instances"}]}}""".replace("\n", ""));
        assertThat(refusal(WHOAMI, terminating)).contains("web is being deleted", "applications.argoproj.io has 3");
    }

    @Test
    void leavesToItsControllerWhatAHelmChartMakes() {
        Captured owned = captured.withItems(1, """
                {"metadata":{"name":"whoami","namespace":"kube-system"},"spec":{"targetNamespace":"web"}}""");
        assertThat(refusal(WHOAMI, owned)).contains("belongs to the HelmChart kube-system/whoami", "--adopt");
        assertThat(new Release(WHOAMI, SHA256, true).status(owned.readings(release(WHOAMI))))
                .isEqualTo(Status.drift(Worst.RESTART, "owner", "HelmChart kube-system/whoami of k3s", "homelab"));
    }

    @Test
    void takesAHelmChartThatItsControllerLeavesAloneForNobodys() {
        Captured left = captured.withItems(1, """
                {"metadata":{"name":"whoami","namespace":"web","annotations":{"helmcharts.helm.cattle.io/unmanaged":"true"}}}""");
        assertThat(status(left)).isEqualTo(Status.SAME);
    }

    @Test
    void leavesToArgoCdWhatAnApplicationRenders() {
        Captured owned = captured.withItems(2, """
                {"metadata":{"name":"web-root"},"spec":{"destination":{"namespace":"web"},"sources":[{"chart":"whoami"}]}}""");
        assertThat(refusal(WHOAMI, owned)).contains("belongs to the Application web-root of Argo CD");
    }

    @Test
    void saysWhoseItWasWhenItTakesOverAReleaseMadeByHand() {
        Captured byHand = captured.withHead("\"homelab/chart\":\"f1a76e011f3b7b9604468b7b0c4f6d55578a250f\",", "");
        assertThat(status(byHand)).isEqualTo(Status.SAME);
        assertThat(release(WHOAMI).kept(byHand.readings(release(WHOAMI))))
                .containsExactly("release web/whoami was not made by homelab (revision 5)");
        assertThat(changes(byHand.withObjects(IMAGE, "\"image\":\"busybox:2\"")).get(0))
                .isEqualTo(new Change("owner", "Helm by hand", "homelab"));
    }

    @Test
    void isUnknownWhenTheApiDoesNotTell() {
        assertThat(status(captured.withHead("\n200\n", "\n503\n")))
                .isEqualTo(new Status.Unknown("the API does not tell its releases (HTTP 503)"));
        assertThat(status(captured.withObjects("\n200\n", "\n500\n"))).isInstanceOf(Status.Unknown.class);
    }

    private static Release release(ChartRelease wanted) {
        return new Release(wanted, SHA256, false);
    }

    private static Status status(Captured captured) {
        return status(WHOAMI, captured);
    }

    private static Status status(ChartRelease wanted, Captured captured) {
        return release(wanted).status(captured.readings(release(wanted)));
    }

    private static List<Change> changes(Captured captured) {
        assertThat(status(captured)).isInstanceOf(Status.Drift.class);
        return ((Status.Drift) status(captured)).changes();
    }

    private static String refusal(ChartRelease wanted, Captured captured) {
        assertThat(status(wanted, captured)).isInstanceOf(Status.Refused.class);
        return ((Status.Refused) status(wanted, captured)).problem().toString();
    }
}
