package homelab.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.ArgoCd;
import homelab.model.Cluster;
import homelab.model.Gitops;
import homelab.model.Gitops.Entry;
import homelab.model.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitopsSectionTest {
    private static final String ARGO = Written.HEAD + Written.NODES + "addons: {argocd: {version: 9.7.1}}\n";
    private static final String HOME = "gitops: {repo: git@git.example:home.git, path: clusters/home";

    @TempDir
    private Path folder;

    @Test
    void neverAsksForAFinalizerOrForPruningUnlessTheInventoryDoes() {
        assertThat(read(HOME + "}\n"))
                .isEqualTo(new Gitops(
                        "git@git.example:home.git",
                        "HEAD",
                        "default",
                        Optional.empty(),
                        new Entry("root", "clusters/home", 0, false, true, false),
                        java.util.List.of()));
    }

    @Test
    void layersLieBelowTheRootAndFollowTheOrderOfTheFile() {
        assertThat(read(HOME + ", layers: {init: {}, apps: {path: apps, wave: 9, prune: true}, more: {}}}\n")
                        .layers())
                .containsExactly(
                        new Entry("init", "clusters/home/init", 1, false, true, false),
                        new Entry("apps", "apps", 9, true, true, false),
                        new Entry("more", "clusters/home/more", 3, false, true, false));
    }

    @Test
    void aRootAtTheTopHasItsLayersInFoldersOfTheirName() {
        assertThat(read("gitops: {repo: https://git.example/home, path: ., layers: {init: {}}}\n")
                        .layers())
                .extracting(Entry::path)
                .containsExactly("init");
    }

    @Test
    void readsWhatOpensTheRepositoryAsItsSource() {
        assertThat(read(HOME + ", credentials: {ssh-key: {env: KEY}}}\n").login())
                .contains(new Gitops.Login.Key(new SecretSource.FromEnv("KEY")));
        assertThat(read(HOME + ", credentials: {password: {env: TOKEN}}}\n").login())
                .contains(new Gitops.Login.Password("git", new SecretSource.FromEnv("TOKEN")));
    }

    private static Gitops read(String gitops) {
        return Written.read(ARGO + gitops).addons().argo().gitops().orElseThrow();
    }

    @Test
    void readsHowArgoCdIsReachedAndOpened() {
        Cluster cluster = Written.read(Written.HEAD + Written.NODES
                + "addons: {argocd: {version: 9.7.1, ingress: argocd.home.arpa, admin-password: {env: PW}}}\n");

        assertThat(cluster.addons().argo())
                .isEqualTo(new ArgoCd(
                        Optional.of(new SecretSource.FromEnv("PW")),
                        Optional.of("argocd.home.arpa"),
                        Optional.empty()));
    }

    @Test
    void refusesValuesThatMakeAnApplicationOfArgoCdItself() throws IOException {
        String manifest = """
                extraObjects:
                - kind: Application
                  spec:
                    source: {repoURL: https://argoproj.github.io/argo-helm, chart: argo-cd, targetRevision: 9.7.1}
                    destination: {server: https://kubernetes.default.svc, namespace: %s}
                """;
        assertThat(toldOf(manifest.formatted("argocd")))
                .contains("the values of argo-cd make an Application that manages Argo CD itself");
        String fromGit = manifest.formatted("argocd")
                .replace(
                        "{repoURL: https://argoproj.github.io/argo-helm, chart: argo-cd, targetRevision: 9.7.1}",
                        "{repoURL: https://github.com/argoproj/argo-cd.git, path: manifests}");
        assertThat(toldOf(fromGit)).contains("manages Argo CD itself");
        assertThat(read(manifest.formatted("elsewhere"), folder).addons().argoCd())
                .isPresent();
    }

    private String toldOf(String values) throws IOException {
        Files.writeString(folder.resolve("values.yaml"), values);
        return Written.told(Written.problems(() -> read(values, folder)));
    }

    private static Cluster read(String values, Path folder) {
        try {
            Files.writeString(folder.resolve("values.yaml"), values);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Source source = Source.of(
                folder.resolve("inventory.yaml").toString(),
                Written.HEAD + Written.NODES + "addons: {argocd: {version: 9.7.1, values: values.yaml}}\n");
        return InventoryReader.read(source, new Paths(folder, folder));
    }
}
