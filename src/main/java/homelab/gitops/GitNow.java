package homelab.gitops;

import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the sources of an Application have in Git now, and whether that is what Argo CD compared. */
final class GitNow {
    private final Application application;
    private final Map<GitAsk.Place, Reading<GitAsk.Seen>> git;
    private final boolean paused;
    private final Verdict verdict;

    private GitNow(Application application, Picture picture, boolean paused, Verdict verdict) {
        this.application = application;
        this.git = picture.git();
        this.paused = paused;
        this.verdict = verdict;
    }

    /** For each source its commit, {@code ?} where Git could not be asked, a version for a chart. */
    static List<String> judge(Application application, Picture picture, boolean paused, Verdict verdict) {
        GitNow now = new GitNow(application, picture, paused, verdict);
        List<String> commits = new ArrayList<>();
        for (int i = 0; i < application.sources().size(); i++) {
            Application.Source source = application.sources().get(i);
            boolean compared = i < application.revisions().size();
            commits.add(
                    source.chart()
                            ? source.revision()
                            : now.commit(
                                    source, compared ? application.revisions().get(i) : ""));
        }
        return commits;
    }

    private String commit(Application.Source source, String compared) {
        Reading<GitAsk.Seen> seen = git.getOrDefault(
                new GitAsk.Place(source.repository(), source.revision()), new Reading.Unknown<>("it was not asked"));
        if (seen instanceof Reading.Unknown<GitAsk.Seen> unknown) {
            notAsked(source, unknown.why());
            return "?";
        }
        String commit = seen.known().map(GitAsk.Seen::commit).orElse("");
        if (!compared.isEmpty() && !commit.equals(compared)) {
            behind(source, commit, compared);
        }
        return commit;
    }

    private void notAsked(Application.Source source, String why) {
        if (!git.isEmpty()) {
            String told = source.shown() + " " + source.revision() + ": " + why;
            verdict.add(State.UNKNOWN, Finding.unknown("GitNotAsked", application.subject(), told, ""));
        }
    }

    private void behind(Application.Source source, String commit, String compared) {
        String looked =
                application.reconciled().map(time -> ", looked at " + time).orElse("");
        verdict.add(
                State.BEHIND,
                Finding.wrong(
                        "BehindGit",
                        application.subject(),
                        source.revision() + " is " + brief(commit) + " in Git, Argo CD compared " + brief(compared)
                                + looked,
                        paused ? "homelab gitops resume " + application.name() : refresh()));
    }

    private static String brief(String commit) {
        return commit.length() > 7 ? commit.substring(0, 7) : commit;
    }

    private String refresh() {
        return "kubectl -n " + application.namespace() + " annotate application " + application.name()
                + " argocd.argoproj.io/refresh=normal";
    }
}
