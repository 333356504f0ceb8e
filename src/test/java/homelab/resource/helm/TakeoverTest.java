package homelab.resource.helm;

import static homelab.resource.helm.Captured.SHA256;
import static homelab.resource.helm.Captured.WHOAMI;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.resource.Change;
import homelab.resource.Status;
import org.junit.jupiter.api.Test;

/** A chart is to be installed where something lies already. */
class TakeoverTest {
    private static final String MANIFEST = """
            known
            ---
            kind: ConfigMap
            apiVersion: v1
            metadata: {name: page}
            data: {index.html: ours}
            ---
            kind: Deployment
            apiVersion: apps/v1
            metadata: {name: whoami-server, labels: {app.kubernetes.io/name: server}}
            spec: {selector: {matchLabels: {app: server}}}
            HOMELAB-LIVE
            """;
    private static final String AROUND = """
            HOMELAB-AROUND
            {"items":[{"metadata":{"name":"old-server","namespace":"web"},"spec":{"selector":{"matchLabels":{"app":"server"}},"template":{"metadata":{"labels":{"app":"server","tier":"web"}}}}}]}
            200
            {"items":[]}
            200
            {"items":[]}
            200
            {"items":[{"metadata":{"name":"front","namespace":"web"},"spec":{"selector":{"tier":"web"}}},{"metadata":{"name":"other","namespace":"web"},"spec":{"selector":{"tier":"db"}}}]}
            200
            {"items":[]}
            200
            """;
    private static final String EMPTY = "HOMELAB-AROUND\n" + "{\"items\":[]}\n200\n".repeat(8);

    private static String page(String metadata) {
        return "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"page\",\"namespace\":\"web\""
                + metadata + "},\"data\":{\"index.html\":\"theirs\"}}\n";
    }

    private static Status status(String rendered, boolean adopt) {
        Captured captured = Captured.whoami().withRendered(rendered).withoutRelease();
        Release release = new Release(WHOAMI, SHA256, adopt);
        return release.status(captured.readings(release));
    }

    private static String why(Status status) {
        return ((Status.Refused) status).problem().why();
    }

    @Test
    void refusesWhatSomebodyAppliedAndNamesIt() {
        Status status = status(
                MANIFEST
                        + page(",\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"{}\"}")
                        + EMPTY,
                false);
        assertThat(why(status)).isEqualTo("ConfigMap web/page belongs to no release (kubectl apply)");
        assertThat(((Status.Refused) status).problem().fix()).contains("--adopt");
    }

    @Test
    void showsWhatChangesInWhatIsTakenOver() {
        Status status = status(MANIFEST + page("") + EMPTY, true);
        assertThat(((Status.Drift) status).changes())
                .contains(
                        new Change("ConfigMap web/page", "no release", "taken over"),
                        new Change("ConfigMap web/page data.index.html", "theirs", "ours"));
    }

    @Test
    void neverTakesWhatAnotherReleaseOrArgoCdWouldBringBack() {
        String release = ",\"labels\":{\"app.kubernetes.io/managed-by\":\"Helm\"},\"annotations\":"
                + "{\"meta.helm.sh/release-name\":\"other\",\"meta.helm.sh/release-namespace\":\"web\"}";
        String tracked = ",\"annotations\":{\"argocd.argoproj.io/tracking-id\":\"shop:/ConfigMap:web/page\"}";
        assertThat(why(status(MANIFEST + page(release) + EMPTY, true))).contains("belongs to release web/other");
        assertThat(why(status(MANIFEST + page(tracked) + EMPTY, true)))
                .contains("belongs to Application shop of Argo CD");
    }

    @Test
    void goesOnWithWhatAnInterruptedInstallationOfItsOwnLeft() {
        String own = ",\"labels\":{\"app.kubernetes.io/managed-by\":\"Helm\"},\"annotations\":"
                + "{\"meta.helm.sh/release-name\":\"whoami\",\"meta.helm.sh/release-namespace\":\"web\"}";
        assertThat(status(MANIFEST + page(own) + EMPTY, false)).isInstanceOf(Status.Drift.class);
    }

    @Test
    void showsWhatStaysUnderAnotherNameAndWhoRefersToIt() {
        Status status = status(MANIFEST + AROUND, false);
        assertThat(((Status.Drift) status).changes())
                .contains(new Change(
                        "Deployment web/old-server",
                        "stays beside whoami-server of the chart",
                        "referred to by Service web/front"));
    }
}
