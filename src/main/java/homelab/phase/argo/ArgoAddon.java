package homelab.phase.argo;

import homelab.model.ArgoCd;
import homelab.model.ChartRelease;
import homelab.model.Cluster;
import homelab.model.Gitops;
import homelab.model.Secret;
import homelab.model.SecretData;
import homelab.phase.AddonSecrets;
import homelab.phase.Derived;
import homelab.phase.KnownAddon;
import homelab.phase.Site;
import homelab.resource.Resource;
import homelab.resource.argo.AdminPassword;
import homelab.resource.argo.ApplicationReady;
import homelab.resource.argo.ArgoItself;
import homelab.resource.argo.LeftApplications;
import homelab.resource.argo.RootApplication;
import homelab.resource.helm.ReleaseSecret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Argo CD: sized by the nodes, never managed by itself, and told where to begin. */
public record ArgoAddon(ArgoCd argo, AddonSecrets secrets) implements KnownAddon {
    /** By which Argo CD finds the login of a repository (Argo CD, Declarative Setup). */
    private static final Map<String, String> REPOSITORY = Map.of("argocd.argoproj.io/secret-type", "repository");

    @Override
    public List<Derived> derived(Cluster cluster) {
        return ArgoValues.of(cluster);
    }

    @Override
    public List<Resource> before(ChartRelease release) {
        return List.of(new ArgoItself(release.namespace()));
    }

    @Override
    public List<Resource> after(Site site, ChartRelease release) {
        List<Resource> all = new ArrayList<>();
        String home = release.namespace();
        secrets.argoPassword().ifPresent(password -> all.add(new AdminPassword(home, password)));
        argo.gitops().ifPresent(gitops -> {
            if (gitops.login().isPresent()) {
                all.add(new ReleaseSecret(home, login(gitops), REPOSITORY));
            }
            all.addAll(applications(home, gitops));
        });
        all.add(new LeftApplications(home, names()));
        return all;
    }

    private Set<String> names() {
        return argo.gitops().stream()
                .flatMap(gitops -> gitops.entries().stream())
                .map(Gitops.Entry::name)
                .collect(Collectors.toSet());
    }

    private SecretData login(Gitops gitops) {
        Map<String, Secret> values = new LinkedHashMap<>(secrets.repository());
        values.put("type", new Secret("git"));
        values.put("url", new Secret(gitops.repo()));
        return new SecretData("gitops-" + gitops.root().name(), values);
    }

    /** Wave after wave, each when the one before is healthy: Argo CD orders only what one Application brings. */
    private static List<Resource> applications(String home, Gitops gitops) {
        List<Resource> all = new ArrayList<>();
        gitops.entries().stream()
                .collect(Collectors.groupingBy(Gitops.Entry::wave, TreeMap::new, Collectors.toList()))
                .values()
                .forEach(wave -> {
                    wave.forEach(entry -> all.add(new RootApplication(
                            home,
                            entry.name(),
                            ApplicationSpec.of(gitops, entry, home),
                            entry.wave(),
                            entry.cascade())));
                    wave.forEach(entry -> all.add(new ApplicationReady(home, entry.name())));
                });
        return all;
    }
}
