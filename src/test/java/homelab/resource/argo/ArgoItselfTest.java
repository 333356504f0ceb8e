package homelab.resource.argo;

import static homelab.resource.argo.Cluster.application;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Problem;
import homelab.resource.Status;
import homelab.resource.Status.Refused;
import org.junit.jupiter.api.Test;

/** The Application that managed Argo CD, and whose deletion took Argo CD away, is refused in each of its forms. */
class ArgoItselfTest {
    private static final ArgoItself ITSELF = new ArgoItself("argocd");
    private static final String CASCADES = ",\"finalizers\":[\"resources-finalizer.argocd.argoproj.io\"]";

    private static String holding(String kind, String namespace, String name) {
        return "\"resources\":[{\"kind\":\"%s\",\"namespace\":\"%s\",\"name\":\"%s\"}]"
                .formatted(kind, namespace, name);
    }

    @Test
    void refusesAnApplicationThatHoldsPartsOfArgoCd() {
        for (String[] part : new String[][] {
            {"Deployment", "argocd", "argocd-repo-server"},
            {"Deployment", "argocd", "argo-cd-argocd-server"},
            {"StatefulSet", "argocd", "argo-cd-argocd-application-controller"},
            {"CustomResourceDefinition", "", "applications.argoproj.io"},
            {"Namespace", "", "argocd"}
        }) {
            String status = holding(part[0], part[1], part[2]);
            assertThat(Cluster.judges(ITSELF, application("argocd-manifests", "", "", status)))
                    .as(part[2])
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void tellsWhatTheFinalizerWouldDoAndHowToGetOutOfIt() {
        Problem problem = refusal(
                application("argocd-manifests", CASCADES, "", holding("Deployment", "argocd", "argocd-server")));

        assertThat(problem.what()).isEqualTo("Application argocd-manifests manages Argo CD itself");
        assertThat(problem.why()).contains("Deployment argocd/argocd-server", "Argo CD would delete itself");
        assertThat(problem.fix())
                .startsWith("kubectl -n argocd patch application argocd-manifests --type=merge")
                .contains("what it manages stays");
    }

    @Test
    void refusesOneThatIsAboutToRenderTheChart() {
        String destination = "\"destination\":{\"namespace\":\"argocd\"},";
        assertThat(refusal(application("argo", "", destination + "\"source\":{\"chart\":\"argo-cd\"}", ""))
                        .why())
                .isEqualTo("it holds the chart argo-cd: a bad commit takes away what would take it back");
        assertThat(Cluster.judges(
                        ITSELF, application("argo", "", destination + "\"sources\":[{\"chart\":\"argo-cd\"}]", "")))
                .isInstanceOf(Refused.class);
    }

    private static Problem refusal(String application) {
        return ((Refused) Cluster.judges(ITSELF, application)).problem();
    }

    @Test
    void letsApplicationsHoldApplicationsAndWhateverElseLiesBesideArgoCd() {
        assertThat(Cluster.judges(
                        ITSELF,
                        application("root", "", "", holding("Application", "argocd", "web")),
                        application("web", CASCADES, "", holding("Deployment", "web", "argocd-server")),
                        application("extra", "", "", holding("Ingress", "argocd", "argocd-server"))))
                .isEqualTo(Status.SAME);
        assertThat(ITSELF.status(Cluster.withoutArgoCd())).isEqualTo(Status.SAME);
    }
}
