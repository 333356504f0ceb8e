package homelab.inventory;

import homelab.model.Addons;
import homelab.model.ArgoCd;
import homelab.model.Bundled;
import homelab.model.ChartRelease;
import homelab.model.SecretSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code addons:}: what Helm installs, storage first, then Argo CD, then the user's own releases. */
final class AddonsSection {
    private static final ReleaseSection.Usual LONGHORN = new ReleaseSection.Usual(
            "longhorn", "longhorn", URI.create("https://charts.longhorn.io"), "longhorn-system");
    private static final ReleaseSection.Usual ARGO_CD = new ReleaseSection.Usual(
            "argo-cd", "argo-cd", URI.create("https://argoproj.github.io/argo-helm"), "argocd");

    private AddonsSection() {}

    static Addons read(Fields root, Fields fields, Bundled bundled, Paths paths) {
        Fields helm = fields.section("helm", Section.HELM);
        Optional<String> version = helm.one("version", Kinds.HELM, Addons.HELM);
        Optional<URI> downloads = helm.one("downloads", paths.source(), Addons.DOWNLOADS);
        List<ChartRelease> releases = new ArrayList<>();
        shipped(fields, "longhorn", Section.LONGHORN, LONGHORN, paths)
                .map(longhorn -> BackupSection.into(longhorn, fields.section("longhorn", Section.LONGHORN), paths))
                .ifPresent(releases::add);
        shipped(fields, "argocd", Section.ARGOCD, ARGO_CD, paths).ifPresent(releases::add);
        fields.named("releases", Section.RELEASE).forEach((name, release) -> {
            refuseTwice(fields, release, name, releases);
            ReleaseSection.read(release, name, Optional.empty(), paths).ifPresent(releases::add);
        });
        return new Addons(
                version.orElse(Addons.HELM),
                downloads.orElse(Addons.DOWNLOADS),
                releases,
                argo(root, fields, releases, paths),
                bundled,
                RegistriesSection.read(fields, paths));
    }

    private static ArgoCd argo(Fields root, Fields fields, List<ChartRelease> releases, Paths paths) {
        Fields own = fields.section("argocd", Section.ARGOCD);
        Optional<SecretSource> password = own.value("admin-password")
                .flatMap(value -> SourceSection.read(own.path("admin-password"), value, fields.mistakes(), paths));
        Optional<String> ingress = own.has("ingress") ? own.one("ingress", Kinds.HOST_NAME) : Optional.empty();
        releases.stream()
                .filter(release -> release.name().equals(ArgoCd.RELEASE))
                .forEach(argo -> releases.forEach(release -> GitopsChecks.refuseApplicationsOfArgo(
                        fields.mistakes(), fields.at(), release, argo.namespace())));
        return new ArgoCd(password, ingress, GitopsSection.read(root, releases, paths));
    }

    private static Optional<ChartRelease> shipped(
            Fields fields, String key, Section section, ReleaseSection.Usual usual, Paths paths) {
        if (!fields.has(key)) {
            return Optional.empty();
        }
        Fields own = fields.section(key, section);
        boolean enabled = own.one("enabled", Kinds.FLAG, true).orElse(true);
        Optional<ChartRelease> release = ReleaseSection.read(own, usual.name(), Optional.of(usual), paths);
        return enabled ? release : Optional.empty();
    }

    private static void refuseTwice(Fields fields, Fields release, String name, List<ChartRelease> before) {
        if (before.stream().anyMatch(other -> other.name().equals(name))) {
            String why = "an add-on of this inventory already makes a release of that name";
            fields.mistakes().add(release.at(), release.path() + " is there twice", why, "give it another name");
        }
    }
}
