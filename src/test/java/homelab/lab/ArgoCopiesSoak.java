package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Argo CD on three servers, where homelab wants two copies of what answers people and of what reads Git: they stand on
 * different nodes, and one of them is enough.
 */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(900)
class ArgoCopiesSoak {
    private static final List<String> DOUBLED = List.of("server", "repo-server");
    private static final String ARGO_CD = """
            addons:
              helm: {downloads: MIRROR/helm}
              argocd: {version: 7.9.1, repo: MIRROR/charts, images: [IMAGES/argo-cd-7.9.1-images-ARCH.tar]}
            gitops: {repo: REPOSITORY, path: clusters/home, revision: main}
            """;

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void threeServers(Labs labs) throws IOException {
        lab = labs.again("argo-ha", "vision:server,jarvis:server,friday:server", "--charts=argo-cd");
        Homelab user = InLab.user(lab, "ArgoCopiesSoak");
        GitTree git = GitTree.of(lab, user.folder().resolve("git"));
        git.application("web", "", "").deployment("web", "70000").push();
        String addons = ARGO_CD.replace("REPOSITORY", git.url())
                .replace("IMAGES", lab.state() + "/mirror/charts")
                .replace("MIRROR", lab.mirror().lines().findFirst().orElseThrow())
                .replace("ARCH", System.getProperty("os.arch").replace("aarch64", "arm64"));
        homelab = user.where("nodes:\n", addons + "nodes:\n");
    }

    private static String kubectl(String words) {
        return lab.on(Lab.SERVER, "k3s kubectl " + words);
    }

    private static List<String> nodesOf(String component) {
        return kubectl("get pods -n argocd -l app.kubernetes.io/name=argocd-" + component
                        + " --field-selector=status.phase=Running"
                        + " -o jsonpath='{range .items[*]}{.spec.nodeName}{\"\\n\"}{end}'")
                .lines()
                .toList();
    }

    @Test
    @Order(1)
    void standsTwiceOnDifferentNodesAndASecondRunHasNothingToDo() {
        Run run = homelab.run("bootstrap", "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        DOUBLED.forEach(component ->
                assertThat(nodesOf(component)).as(component).hasSize(2).doesNotHaveDuplicates());
        assertThat(homelab.run("plan", "--exit-code").exit()).isEqualTo(Exit.DONE);
    }

    @Test
    @Order(2)
    void goesOnWhenANodeWithACopyOfEachDies() {
        String lost = nodesOf("server").stream()
                .filter(node -> !node.equals(Lab.SERVER))
                .findFirst()
                .orElseThrow();
        lab.kill(lost);
        try {
            kubectl("wait --for=condition=Ready=Unknown node/" + lost + " --timeout=120s");
            assertThat(
                            kubectl(
                                    "get endpoints -n argocd argo-cd-argocd-server -o jsonpath='{.subsets[*].addresses[*].nodeName}'"))
                    .isNotBlank()
                    .doesNotContain(lost);
            String at = kubectl("get service -n argocd argo-cd-argocd-server -o jsonpath='{.spec.clusterIP}'");
            Launched.eventually(
                    "Argo CD answers",
                    () -> lab.on(Lab.SERVER, "curl -sk -m 10 -L http://" + at + "/api/version || true")
                            .startsWith("{\"Version\":\"v2.14.21"));
        } finally {
            lab.start(lost);
        }
    }
}
