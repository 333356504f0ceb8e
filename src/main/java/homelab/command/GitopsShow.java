package homelab.command;

import homelab.gitops.Application;
import homelab.gitops.ArgoCache.Compared;
import homelab.gitops.Drift;
import homelab.gitops.Finding;
import homelab.gitops.Id;
import homelab.gitops.Judge;
import homelab.gitops.Picture;
import homelab.gitops.Standing;
import homelab.gitops.State;
import homelab.probe.Reading;
import homelab.problem.Exit;
import homelab.report.DriftText;
import homelab.report.GitopsText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code gitops} tells of Applications once all was read.
 *
 * @param exitCode whether the exit says how they stand
 */
record GitopsShow(Io io, boolean json, boolean exitCode, Picture picture, List<Application> applications) {

    Exit status() {
        List<Standing> standings = Judge.all(picture).stream()
                .filter(standing -> applications.contains(standing.application()))
                .toList();
        GitopsText text = new GitopsText(io.outTerminal(), picture.at());
        io.out().print(json ? GitopsText.json(standings, picture.at()) : text.of(standings));
        boolean wrong =
                standings.stream().anyMatch(standing -> !standing.isAsGitSays() && standing.state() != State.UNKNOWN);
        boolean blind = standings.stream()
                .flatMap(standing -> standing.findings().stream())
                .anyMatch(finding -> finding.weight() == Finding.Weight.UNKNOWN);
        return exit(wrong, blind);
    }

    /** @param bySync only what a sync would change, not all that differs */
    Exit drift(boolean bySync) {
        Map<String, List<Drift>> found = new LinkedHashMap<>();
        Map<String, String> unseen = new LinkedHashMap<>();
        DriftText text = new DriftText(io.outTerminal());
        StringBuilder told = new StringBuilder();
        for (Application application : applications) {
            String head = head(application);
            if (picture.comparison(application) instanceof Reading.Unknown<Map<Id, Compared>> unknown) {
                unseen.put(application.name(), unknown.why());
                told.append(text.of(head, List.of(), "could not be looked at: " + unknown.why()));
                continue;
            }
            List<Drift> drifts = drifts(application, bySync);
            found.put(application.name(), drifts);
            told.append(text.of(head, drifts, bySync ? "a sync would change nothing" : "as Git says"));
        }
        String schema = bySync ? "gitops-diff/v1" : "gitops-drift/v1";
        io.out().print(json ? DriftText.json(schema, found, unseen) : told.toString());
        boolean wrong = found.values().stream().anyMatch(drifts -> !drifts.isEmpty());
        return unseen.isEmpty() ? exit(wrong, false) : Exit.BLIND;
    }

    private List<Drift> drifts(Application application, boolean bySync) {
        var compared = picture.comparison(application).known().orElse(Map.of()).values();
        return bySync ? Drift.bySync(application, compared) : Drift.all(application, compared, picture.live());
    }

    private static String head(Application application) {
        String looked = application.reconciled().map(time -> " at " + time).orElse("");
        return application.name() + " (compared with " + String.join(", ", application.revisions()) + looked + ")";
    }

    private Exit exit(boolean wrong, boolean blind) {
        if (!exitCode) {
            return Exit.DONE;
        }
        return wrong ? Exit.FAILED : blind ? Exit.BLIND : Exit.DONE;
    }
}
