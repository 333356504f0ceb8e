package homelab.doctor.gitops;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.model.ArgoCd;
import homelab.model.ChartRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** GITOPS-001: Argo CD does not manage itself; with what would delete itself least of all. */
final class SelfManaged implements ApiCheck {

    @Override
    public String id() {
        return "GITOPS-001";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Applications.ALL);
    }

    @Override
    public String without() {
        return Applications.ABSENT;
    }

    @Override
    public List<Finding> found(House house) {
        Optional<String> declared = house.cluster().addons().argoCd().map(ChartRelease::namespace);
        List<Finding> findings = Applications.all(house).stream()
                .flatMap(application -> judge(application, declared.orElse(application.namespace())).stream())
                .toList();
        return orPass(findings, "no Application manages Argo CD itself");
    }

    private Optional<Finding> judge(Item application, String home) {
        List<String> own = application.items("status.resources").stream()
                .filter(one -> ArgoCd.isPart(home, one.text("kind"), one.text("namespace"), one.text("name")))
                .map(one -> one.text("kind") + " " + one.text("name"))
                .toList();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        boolean cascades =
                application.words("metadata.finalizers").stream().anyMatch(one -> one.startsWith(ArgoCd.CASCADE));
        boolean prunes =
                Applications.isAutomated(application) && application.is("spec.syncPolicy.automated.prune", "true");
        String subject = application.subject("Application");
        Finding finding = cascades || prunes
                ? fail(subject, "manages Argo CD itself, and may delete it")
                : warn(subject, "manages Argo CD itself: a bad commit takes away what would take it back");
        return Optional.of(finding.by(evidence(own, cascades, prunes)).fix(fix(application, cascades, prunes)));
    }

    private static List<String> evidence(List<String> own, boolean cascades, boolean prunes) {
        List<String> lines = new ArrayList<>(List.of("manages " + String.join(", ", own)));
        if (cascades) {
            lines.add("finalizer " + ArgoCd.CASCADE + ": its deletion deletes them first");
        }
        if (prunes) {
            lines.add("syncPolicy.automated.prune: what Git no longer has is deleted by itself");
        }
        return lines;
    }

    private static String fix(Item application, boolean cascades, boolean prunes) {
        String patch = "kubectl -n " + application.namespace() + " patch application " + application.name()
                + " --type=merge -p ";
        if (cascades) {
            return patch + "'{\"metadata\":{\"finalizers\":null}}'";
        }
        return prunes
                ? patch + "'{\"spec\":{\"syncPolicy\":{\"automated\":{\"prune\":false}}}}'"
                : "addons.argocd in the inventory, then homelab addons apply argo-cd; and take it out of Git";
    }
}
