package homelab.gitops;

import homelab.model.ArgoCd;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What would happen if an Application were deleted. */
final class Dangers {
    private static final int SHOWN = 6;

    private Dangers() {}

    static List<Finding> of(Application application, Picture picture) {
        List<Finding> all = new ArrayList<>();
        List<String> own = own(application, picture);
        if (!own.isEmpty()) {
            all.add(managesItself(application, own));
        }
        if (application.deleting().isPresent()) {
            all.add(Finding.wrong(
                    "BeingDeleted",
                    application.subject(),
                    application.cascades()
                            ? "its deletion began, and what it manages goes first: " + children(application)
                            : "its deletion began; what it manages stays",
                    application.cascades() ? "to keep what is left: " + unfinalize(application) : ""));
        } else if (application.cascades() && own.isEmpty()) {
            all.add(Finding.danger(
                    "DeletionCascades",
                    application.subject(),
                    "deleting it deletes what it manages: " + children(application) + deeper(application, picture),
                    "before you delete it: " + unfinalize(application)));
        }
        return all;
    }

    private static Finding managesItself(Application application, List<String> own) {
        String what = String.join(", ", own);
        return Finding.danger(
                "ManagesArgoItself",
                application.subject(),
                application.cascades()
                        ? "it manages Argo CD itself (" + what + ") and deletes what it manages when it is deleted: "
                                + "Argo CD would delete itself, with no one left to finish or to undo it"
                        : "it manages Argo CD itself (" + what + "): a bad commit takes away what would take it back",
                application.cascades() ? unfinalize(application) : "install Argo CD by homelab addons");
    }

    /** What of it is Argo CD: its kinds, its namespace, its programs. */
    private static List<String> own(Application application, Picture picture) {
        return application.managed().stream()
                .map(Application.Managed::id)
                .filter(id -> ArgoCd.isPart(picture.argo().orElse(""), id.kind(), id.namespace(), id.name()))
                .map(Id::toString)
                .toList();
    }

    private static String children(Application application) {
        List<String> names =
                application.managed().stream().map(one -> one.id().toString()).toList();
        String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
        return names.isEmpty() ? "nothing yet" : names.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more;
    }

    /** Applications that go with it and take their own children along. */
    private static String deeper(Application application, Picture picture) {
        String names = picture.applications().stream()
                .filter(Application::cascades)
                .filter(other -> application.managed().stream()
                        .anyMatch(one -> one.id().kind().equals("Application")
                                && one.id().name().equals(other.name())))
                .map(Application::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "; and with them all that is managed by " + names;
    }

    private static String unfinalize(Application application) {
        return "kubectl -n " + application.namespace() + " patch application " + application.name()
                + " --type=merge -p '{\"metadata\":{\"finalizers\":null}}'";
    }
}
