package homelab.phase.release;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.K3sVersion;
import homelab.plan.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductSupportTest {
    private static List<Finding> with(String release, String... images) {
        return new ProductSupport().findings(List.of(images), K3sVersion.parse(release));
    }

    @Test
    void warnsOfWhatItsMakersDoNotName() {
        Finding old = with("v1.34.3+k3s1", "quay.io/argoproj/argocd:v2.14.21").get(0);

        assertThat(old.severity()).isEqualTo(Finding.Severity.WARN);
        assertThat(old.problem().what()).isEqualTo("Argo CD 2.14.21: its makers do not name Kubernetes 1.34 for it");
        assertThat(old.problem().why()).startsWith("they name 1.28 to 1.31, https://argo-cd.readthedocs.io/");
        assertThat(old.problem().fix()).endsWith("first: 3.1, 3.2, 3.3, 3.4, 3.5");
    }

    @Test
    void saysNothingOfWhatIsNamedAndOfWhatIsNotKnown() {
        assertThat(with("v1.34.3+k3s1", "quay.io/argoproj/argocd:v3.2.1", "longhornio/longhorn-manager:v1.11.2"))
                .isEmpty();
        assertThat(with("v1.34.3+k3s1", "quay.io/argoproj/argocd:v9.9.9", "nginx:1.27", "nginx", "host:5000/nginx"))
                .isEmpty();
        assertThat(with("v1.34.3+k3s1", "quay.io/argoproj/argocd:latest", "quay.io/argoproj/argocd"))
                .isEmpty();
    }

    @Test
    void takesTheRowOfTheVersionItselfBeforeThatOfItsMinor() {
        assertThat(with("v1.33.4+k3s1", "longhornio/longhorn-manager:v1.11.2")).isEmpty();
        assertThat(with("v1.33.4+k3s1", "longhornio/longhorn-manager:v1.11.3"))
                .singleElement()
                .extracting(finding -> finding.problem().why())
                .asString()
                .startsWith("they name 1.34 to 1.36");
        assertThat(with("v1.36.0+k3s1", "longhornio/longhorn-manager:v1.1.0")).isEmpty();
    }

    @Test
    void knowsImagesOfAMirrorAndByDigest() {
        assertThat(with("v1.34.3+k3s1", "mirror.home:5000/quay/argoproj/argocd:v2.14.21@sha256:" + "0".repeat(64)))
                .hasSize(1);
    }
}
