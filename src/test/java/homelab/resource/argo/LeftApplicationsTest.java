package homelab.resource.argo;

import static homelab.resource.argo.Cluster.application;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeftApplicationsTest {
    private static final LeftApplications LEFT = new LeftApplications("argocd", Set.of("root", "apps"));
    private static final String OURS = ",\"labels\":{\"app.kubernetes.io/managed-by\":\"homelab\"}";
    private static final String CASCADES = ",\"finalizers\":[\"resources-finalizer.argocd.argoproj.io\"]";
    private static final String CHILD = "\"resources\":[{\"kind\":\"Namespace\",\"name\":\"web\"}]";

    @Test
    void hasNothingToDoWithWhatTheInventoryNamesOrOthersMade() {
        assertThat(Cluster.judges(LEFT, application("root", OURS, "", ""), application("theirs", "", "", "")))
                .isEqualTo(Status.SAME);
        assertThat(LEFT.status(Cluster.withoutArgoCd())).isEqualTo(Status.SAME);
    }

    @Test
    void takesAwayWhatTheInventoryNoLongerNamesAndSaysWhatStays() {
        Status.Drift drift = (Status.Drift)
                Cluster.judges(LEFT, application("root", OURS, "", ""), application("old", OURS, "", CHILD));
        assertThat(drift.worst()).isEqualTo(Worst.DELETE);
        assertThat(drift.changes())
                .containsExactly(new Change(
                        "Application argocd/old", "present; what it manages stays: Namespace web", "absent"));
    }

    @Test
    void leavesToGitWhatGitMakesByNow() {
        String tracked = OURS
                + ",\"annotations\":{\"argocd.argoproj.io/tracking-id\":\"root:argoproj.io/Application:argocd/old\"}";
        assertThat(Cluster.judges(LEFT, application("old", tracked, "", ""))).isEqualTo(Status.SAME);
    }

    @Test
    void refusesToTakeAwayWhatWouldTakeItsOwnWithIt() {
        Status.Refused refused = (Status.Refused) Cluster.judges(LEFT, application("old", OURS + CASCADES, "", CHILD));
        assertThat(refused.problem().what()).contains("Application argocd/old", "no longer names it");
        assertThat(refused.problem().why()).contains("Namespace web");
        assertThat(refused.problem().fix()).contains("finalizers", "gitops.layers");
    }

    @Test
    void looksOnceMoreBeforeItDeletes() {
        assertThat(((Deed.Shell) LEFT.deed()).script())
                .contains(
                        "'apps') return 0 ;; 'root') return 0 ;;",
                        "[ -n \"$marks\" ]",
                        "{\"\\n\"}",
                        "*resources-finalizer");
    }
}
