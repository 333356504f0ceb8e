package homelab.phase.argo;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Addons;
import homelab.model.ArgoCd;
import homelab.model.Bundled;
import homelab.model.Chart;
import homelab.model.ChartRelease;
import homelab.model.Cluster;
import homelab.model.Gitops;
import homelab.model.Secret;
import homelab.model.SecretSource;
import homelab.phase.AddonSecrets;
import homelab.phase.Derived;
import homelab.phase.SampleSite;
import homelab.phase.Site;
import homelab.resource.Resource;
import homelab.resource.argo.ArgoItself;
import homelab.resource.argo.LeftApplications;
import homelab.resource.argo.RootApplication;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgoAddonTest {
    private static final SecretSource SOURCE = new SecretSource.FromEnv("X");
    private static final ChartRelease RELEASE = new ChartRelease(
            "argo-cd",
            new Chart.Repository(URI.create("https://charts.example"), "argo-cd", "9.7.1"),
            "argocd",
            Map.of(),
            Map.of(),
            List.of());

    private static final Gitops GITOPS = new Gitops(
            "https://git.example/home.git",
            "main",
            "default",
            Optional.of(new Gitops.Login.Password("tony", SOURCE)),
            new Gitops.Entry("root", "clusters/home", 0, false, true, false),
            List.of(
                    new Gitops.Entry("apps", "apps", 2, true, false, false),
                    new Gitops.Entry("init", "init", 1, false, true, false)));

    private static Cluster with(Cluster cluster, ArgoCd argo) {
        Addons addons = new Addons(Addons.HELM, Addons.DOWNLOADS, List.of(RELEASE), argo, Bundled.NONE, Map.of());
        return new Cluster(
                cluster.name(), cluster.network(), cluster.k3s(), cluster.knownHosts(), cluster.nodes(), addons);
    }

    private static Map<String, Object> values(Cluster cluster, Map<String, Object> own) {
        return Derived.under(ArgoValues.of(cluster), own);
    }

    private static Object at(Map<String, Object> values, String... path) {
        Object found = values;
        for (String key : path) {
            found = ((Map<?, ?>) found).get(key);
        }
        return found;
    }

    @Test
    void oneServerHasOneCopyOfEachAndThreeHaveTwoApart() {
        Map<String, Object> two = values(SampleSite.twoPis(), Map.of());
        Map<String, Object> three = values(SampleSite.haMixed(), Map.of());

        assertThat(List.of(at(two, "server", "replicas"), at(two, "repoServer", "replicas")))
                .containsOnly(1);
        assertThat(two).doesNotContainKey("global");
        assertThat(List.of(at(three, "server", "replicas"), at(three, "repoServer", "replicas")))
                .containsOnly(2);
        assertThat(at(three, "global", "affinity", "podAntiAffinity")).isEqualTo("hard");
        assertThat(at(three, "controller", "replicas")).isEqualTo(1);
    }

    @Test
    void runsNeitherDexNorNotificationsUnlessTheUserSaysSo() {
        assertThat(at(values(SampleSite.twoPis(), Map.of()), "dex", "enabled")).isEqualTo(false);
        Map<String, Object> asked = values(SampleSite.twoPis(), Map.of("dex", Map.of("enabled", true)));
        assertThat(at(asked, "dex", "enabled")).isEqualTo(true);
        assertThat(at(asked, "notifications", "enabled")).isEqualTo(false);
    }

    @Test
    void everyValueHasAReasonAndOnesWithDotsInTheirNamesStayOneKey() {
        List<Derived> derived = ArgoValues.of(with(SampleSite.twoPis(), argo(Optional.empty())));
        assertThat(derived).allSatisfy(one -> assertThat(one.reason()).isNotBlank());
        assertThat(at(Derived.under(derived, Map.of()), "configs", "params", "controller.status.processors"))
                .isEqualTo(10);
        assertThat(at(
                        Derived.under(derived, Map.of()),
                        "configs",
                        "cm",
                        "resource.customizations.health.argoproj.io_Application"))
                .asString()
                .contains("status == \"Missing\"", "Progressing");
    }

    @Test
    void isReachedFromOutsideOnlyUnderAHostName() {
        assertThat(values(SampleSite.twoPis(), Map.of()))
                .extracting("server")
                .asString()
                .doesNotContain("ingress");
        Map<String, Object> open = values(with(SampleSite.twoPis(), argo(Optional.of("argocd.home.arpa"))), Map.of());
        assertThat(at(open, "server", "ingress"))
                .isEqualTo(Map.of("enabled", true, "hostname", "argocd.home.arpa", "ingressClassName", "traefik"));
        assertThat(at(open, "configs", "params", "server.insecure")).isEqualTo(true);
        Map<String, Object> without = values(with(SampleSite.haMixed(), argo(Optional.of("a.example"))), Map.of());
        assertThat(at(without, "server", "ingress"))
                .as("its k3s has no Traefik")
                .isEqualTo(Map.of("enabled", true, "hostname", "a.example"));
    }

    private static ArgoCd argo(Optional<String> ingress) {
        return new ArgoCd(Optional.of(SOURCE), ingress, Optional.of(GITOPS));
    }

    @Test
    void beginsWithTheRootAndThenWaveAfterWave() {
        AddonSecrets secrets = new AddonSecrets(
                Map.of(),
                Optional.of(new Secret("hunter2")),
                Map.of("username", new Secret("tony"), "password", new Secret("hunter3")));
        ArgoAddon addon = new ArgoAddon(argo(Optional.empty()), secrets);
        Cluster cluster = with(SampleSite.twoPis(), argo(Optional.empty()));
        Site site = new Site(cluster, Map.of(), Optional.empty(), Map.of(), Optional.empty());

        assertThat(addon.before(RELEASE)).containsExactly(new ArgoItself("argocd"));
        List<Resource> after = addon.after(site, RELEASE);
        assertThat(after)
                .extracting(Resource::id)
                .containsExactly(
                        "password of Argo CD's admin",
                        "secret argocd/gitops-root",
                        "Application argocd/root",
                        "Application argocd/root healthy",
                        "Application argocd/init",
                        "Application argocd/init healthy",
                        "Application argocd/apps",
                        "Application argocd/apps healthy",
                        "no Application of an earlier inventory");
        assertThat(after.get(8)).isEqualTo(new LeftApplications("argocd", Set.of("root", "init", "apps")));
        assertThat(after.toString()).doesNotContain("hunter2", "hunter3");
        assertThat(((RootApplication) after.get(6)).spec())
                .extractingByKey("syncPolicy")
                .asString()
                .contains("{prune=true}");
    }
}
