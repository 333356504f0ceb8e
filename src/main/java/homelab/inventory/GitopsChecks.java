package homelab.inventory;

import homelab.model.ArgoCd;
import homelab.model.ChartRelease;
import homelab.model.Gitops;
import homelab.model.Gitops.Entry;
import homelab.problem.Place;
import java.util.List;
import java.util.Map;

/**
 * What can be seen in an inventory of the ways in which Argo CD takes itself away: an Application that manages Argo CD
 * deletes it when it is deleted itself, or when a commit goes wrong, and nobody is left to undo that.
 */
final class GitopsChecks {
    private static final String FIX = "install Argo CD by addons.argocd alone, and keep it out of what it manages";

    private GitopsChecks() {}

    static void check(Fields fields, Gitops gitops, List<ChartRelease> releases) {
        Mistakes mistakes = fields.mistakes();
        if (releases.stream().noneMatch(release -> release.name().equals(ArgoCd.RELEASE))) {
            String why = "Applications are acted upon by Argo CD, and addons.argocd is missing or not enabled";
            mistakes.add(fields.at(), "gitops needs Argo CD", why, "add addons: {argocd: {version: ...}}");
        }
        if (isOfArgo(gitops.repo())) {
            String why = "the repository " + gitops.repo() + " holds Argo CD";
            mistakes.add(fields.place("repo"), "gitops.repo would have Argo CD manage itself", why, FIX);
        }
        for (Entry entry : gitops.entries()) {
            releases.stream()
                    .filter(release -> release.name().equals(entry.name()))
                    .forEach(release -> sameName(mistakes, fields.at(), entry));
        }
    }

    /** Both mark their objects with app.kubernetes.io/instance, by which Argo CD 2 tells whose an object is. */
    private static void sameName(Mistakes mistakes, Place at, Entry entry) {
        mistakes.add(
                at,
                "the Application " + entry.name() + " has the name of a Helm release",
                "Argo CD knows its objects by a label that Helm's have too: it would take the release's for its own,"
                        + " and with prune delete them",
                "give it another name");
    }

    /** @param at where the values are named */
    static void refuseApplicationsOfArgo(Mistakes mistakes, Place at, ChartRelease release, String home) {
        if (holdsOne(release.values(), home)) {
            mistakes.add(
                    at,
                    "the values of " + release.name() + " make an Application that manages Argo CD itself",
                    "its deletion, or a bad commit, would take away the Argo CD that is to bring it back",
                    FIX);
        }
    }

    /** An Application in any of the forms in which charts take them: a manifest, or its spec under a name. */
    private static boolean holdsOne(Object value, String home) {
        if (value instanceof Map<?, ?> map) {
            return isApplicationOfArgo(map, home)
                    || map.values().stream().anyMatch(inner -> inner != null && holdsOne(inner, home));
        }
        return value instanceof List<?> list && list.stream().anyMatch(inner -> inner != null && holdsOne(inner, home));
    }

    private static boolean isApplicationOfArgo(Map<?, ?> map, String home) {
        if (!(map.get("destination") instanceof Map<?, ?> destination) || !home.equals(destination.get("namespace"))) {
            return false;
        }
        boolean one = map.get("source") instanceof Map<?, ?> source && bringsArgo(source);
        return one
                || map.get("sources") instanceof List<?> list
                        && list.stream().anyMatch(source -> source instanceof Map<?, ?> inner && bringsArgo(inner));
    }

    private static boolean bringsArgo(Map<?, ?> source) {
        return ArgoCd.RELEASE.equals(source.get("chart")) || isOfArgo(String.valueOf(source.get("repoURL")));
    }

    private static boolean isOfArgo(String repo) {
        return repo.matches("(?i).*[/:]argoproj/argo-(cd|helm)(\\.git)?/?");
    }
}
