package homelab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.kubeconfig.KubeconfigEntry;
import homelab.model.Label;
import homelab.model.NodeName;
import homelab.model.Taint;
import homelab.resource.Deed;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The API calls against k3s's own image. Another image that behaves like it is named by {@code -Dk3s.image=...}. Skipped
 * where the image cannot be had or containers may not be privileged; the reason is printed.
 */
class KubeApiOnK3sContainerTest {
    private static final String IMAGE = System.getProperty("k3s.image", "rancher/k3s:v1.33.4-k3s1");

    @BeforeEach
    void requireDocker() {
        Optional<String> missing = Docker.missingToRunPrivileged(IMAGE);
        missing.ifPresent(why -> System.out.println("skipped: KubeApiOnK3sContainerTest: " + why));
        assumeTrue(missing.isEmpty(), missing.orElse(""));
    }

    @Test
    void setsLabelsAndTaintsOnARealNodeAndDropsThemAgain() {
        try (K3sContainer k3s =
                new K3sContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("rancher/k3s"))) {
            k3s.withCommand("server", "--disable=traefik,metrics-server,servicelb", "--tls-san=" + k3s.getHost());
            k3s.start();
            String url = "https://" + k3s.getHost() + ":" + k3s.getMappedPort(6443);
            try (KubeApi api = KubeApi.open(KubeconfigEntry.fromK3s(k3s.getKubeConfigYaml(), url))) {
                assertThat(api.raw("/readyz")).isEqualTo("ok");
                RealNode.requirePatchable(api, new NodeName(api.nodes().get(0).name()));
            }
        }
    }

    /** What holds for any Node of any real API. */
    static final class RealNode {
        private static final Taint OURS = Taint.parse("homelab-test=ours:PreferNoSchedule");
        private static final Taint THEIRS = Taint.parse("homelab-test-theirs:PreferNoSchedule");

        private RealNode() {}

        static void requirePatchable(KubeApi api, NodeName name) {
            Deed.PatchNode set = deed(name, List.of(new Label("homelab-test", "1")), Set.of(), List.of(OURS), Set.of());
            Deed.PatchNode drop = deed(name, List.of(), Set.of("homelab-test"), List.of(), Set.of("homelab-test"));
            assertThat(api.patchNode(deed(name, List.of(), Set.of(), List.of(THEIRS), Set.of())))
                    .isTrue();

            assertThat(api.patchNode(set)).isTrue();
            assertThat(api.patchNode(set)).isFalse();
            KubeNode node = api.node(name).orElseThrow();
            assertThat(node.labels()).containsEntry("homelab-test", "1").containsKey("kubernetes.io/hostname");
            assertThat(node.taints()).contains(OURS, THEIRS);
            assertThat(node.annotations()).containsEntry(Bookkeeping.LABELS, "homelab-test");

            assertThat(api.patchNode(drop)).isTrue();
            KubeNode after = api.node(name).orElseThrow();
            assertThat(after.labels()).doesNotContainKey("homelab-test").containsKey("kubernetes.io/hostname");
            assertThat(after.taints()).contains(THEIRS).doesNotContain(OURS);
            assertThat(after.annotations()).doesNotContainKey(Bookkeeping.LABELS);
            api.patchNode(deed(name, List.of(), Set.of(), List.of(), Set.of(THEIRS.key())));
            assertThat(api.node(name).orElseThrow().annotations()).doesNotContainKey(Bookkeeping.TAINTS);
        }

        private static Deed.PatchNode deed(
                NodeName node, List<Label> labels, Set<String> dropLabels, List<Taint> taints, Set<String> dropTaints) {
            return new Deed.PatchNode(node, labels, dropLabels, taints, dropTaints);
        }
    }
}
