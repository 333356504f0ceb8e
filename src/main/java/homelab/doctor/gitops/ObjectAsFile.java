package homelab.doctor.gitops;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.model.Gitops;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * GITOPS-003: what an Application was told is what Git, or the inventory, says. Argo CD compares an Application itself only
 * where another one brings it.
 */
final class ObjectAsFile implements ApiCheck {

    @Override
    public String id() {
        return "GITOPS-003";
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
        List<Item> all = Applications.all(house);
        List<Finding> findings =
                all.stream().map(application -> judge(house, application, all)).toList();
        return orPass(findings, "there are no Applications");
    }

    /** Whether neither the inventory, nor another Application, nor an ApplicationSet brings it. */
    static boolean isByHand(House house, Item application, List<Item> all) {
        return entry(house, application).isEmpty()
                && all.stream().noneMatch(parent -> listed(parent, application).isPresent())
                && application.items("metadata.ownerReferences").isEmpty();
    }

    private Finding judge(House house, Item application, List<Item> all) {
        String subject = application.subject("Application");
        Optional<Gitops.Entry> entry = entry(house, application);
        if (entry.isPresent()) {
            return ours(house, application, entry.get());
        }
        for (Item parent : all) {
            Optional<Item> listed = listed(parent, application);
            if (listed.isPresent()) {
                return brought(subject, parent, listed.get());
            }
        }
        return application.items("metadata.ownerReferences").isEmpty()
                ? GitFiles.judge(this, house, application)
                : pass(subject, "is made by an ApplicationSet");
    }

    private static Optional<Item> listed(Item parent, Item application) {
        return parent.items("status.resources").stream()
                .filter(one -> one.is("kind", "Application")
                        && one.is("name", application.name())
                        && one.is("namespace", application.namespace()))
                .findFirst();
    }

    private Finding brought(String subject, Item parent, Item listed) {
        return listed.is("status", "OutOfSync")
                ? fail(subject, "is not what its file in Git says")
                        .by("OutOfSync among what " + parent.subject("Application") + " brings"
                                + (listed.is("requiresPruning", "true") ? "; Git no longer has it" : ""))
                        .fix("homelab gitops diff " + parent.name())
                : pass(subject, "is what Git says, brought by " + parent.name());
    }

    private static Optional<Gitops.Entry> entry(House house, Item application) {
        return house.cluster().addons().argo().gitops().stream()
                .flatMap(gitops -> gitops.entries().stream())
                .filter(entry -> entry.name().equals(application.name()))
                .findFirst();
    }

    private Finding ours(House house, Item application, Gitops.Entry entry) {
        String revision =
                house.cluster().addons().argo().gitops().map(Gitops::revision).orElse("");
        List<String> differs = new ArrayList<>();
        differs(differs, "path", application.text("spec.source.path"), entry.path());
        differs(differs, "targetRevision", application.text("spec.source.targetRevision"), revision);
        if (Applications.isAutomated(application)) { // not while it is paused
            boolean prunes = application.is("spec.syncPolicy.automated.prune", "true");
            differs(differs, "prune", String.valueOf(prunes), String.valueOf(entry.prune()));
        }
        String subject = application.subject("Application");
        return differs.isEmpty()
                ? pass(subject, "is what the inventory says")
                : fail(subject, "is not what the inventory says").by(differs).fix("homelab bootstrap");
    }

    private static void differs(List<String> differs, String what, String is, String wanted) {
        if (!is.equals(wanted)) {
            differs.add(what + " is '" + is + "', in the inventory '" + wanted + "'");
        }
    }
}
