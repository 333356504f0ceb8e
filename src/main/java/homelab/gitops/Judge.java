package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.gitops.ArgoCache.Compared;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How an Application stands: Git beside the Application beside what runs. */
public final class Judge {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final Picture picture;
    private final Application application;
    private final Pause pause;
    private final List<Finding> findings = new ArrayList<>();
    private State state = State.AS_GIT_SAYS;

    private Judge(Picture picture, Application application) {
        this.picture = picture;
        this.application = application;
        this.pause = Pause.of(application);
    }

    public static List<Standing> all(Picture picture) {
        return picture.applications().stream()
                .map(application -> new Judge(picture, application).stand())
                .toList();
    }

    private Standing stand() {
        argoSays();
        List<String> now = gitNow();
        Optional<Finding> file = ApplicationFile.differs(application, picture.git());
        file.ifPresent(finding -> add(State.OLD_OBJECT, finding));
        Workloads workloads = workloads();
        paused();
        if (file.isEmpty()
                && application.byHand()
                && application.sources().stream().anyMatch(Application.Source::inline)) {
            findings.add(Finding.danger(
                    "ValuesInObject",
                    subject(),
                    "it was applied by hand and holds Helm values of its own: changing its file in Git changes nothing",
                    "apply the file again after each change, or let another Application bring it there"));
        }
        findings.addAll(Dangers.of(application, picture));
        return new Standing(application, state, pause, now, workloads.standings(), findings);
    }

    private void add(State worst, Finding finding) {
        state = State.worse(state, worst);
        findings.add(finding);
    }

    private String subject() {
        return "Application " + application.name();
    }

    private void argoSays() {
        List<String> errors = application.complaints().stream()
                .filter(complaint -> complaint.matches("(?s)(Comparison|InvalidSpec|Unknown|Deletion)Error: .*"))
                .toList();
        if (!errors.isEmpty()) {
            add(State.FAILING, Finding.wrong("CannotCompare", subject(), String.join("; ", errors), ""));
        } else if (application.sync().isEmpty() || application.sync().equals("Unknown")) {
            add(State.UNKNOWN, Finding.unknown("NotCompared", subject(), "Argo CD has not compared it yet", ""));
        } else if (!application.isSynced()) {
            add(
                    State.DIFFERS,
                    Finding.wrong("OutOfSync", subject(), outOfSync(), "homelab gitops diff " + application.name()));
        }
        application
                .operation()
                .filter(one -> one.phase().matches("Failed|Error"))
                .ifPresent(one -> findings.add(Finding.wrong("SyncFailed", subject(), one.message(), "")));
        application
                .operation()
                .filter(Application.Operation::running)
                .ifPresent(one -> add(
                        State.ROLLING, Finding.wrong("Syncing", subject(), one.phase() + ": " + one.message(), "")));
    }

    private String outOfSync() {
        String what = application.managed().stream()
                .filter(one -> one.sync().equals("OutOfSync"))
                .map(one -> one.id() + (one.prune() ? " (no longer in Git)" : ""))
                .collect(Collectors.joining(", "));
        String how = application.automated() ? "" : "; it is not synced automatically";
        return (what.isEmpty() ? "Argo CD does not say what" : what) + how;
    }

    /** What each source has in Git now, and whether that is what was compared. */
    private List<String> gitNow() {
        List<String> now = new ArrayList<>();
        for (int i = 0; i < application.sources().size(); i++) {
            Application.Source source = application.sources().get(i);
            Reading<GitAsk.Seen> seen = picture.git()
                    .getOrDefault(
                            new GitAsk.Place(source.repository(), source.revision()),
                            new Reading.Unknown<>("it was not asked"));
            now.add(
                    source.chart()
                            ? source.revision()
                            : seen.known().map(GitAsk.Seen::commit).orElse("?"));
            if (!source.chart()) {
                compare(
                        source,
                        seen,
                        i < application.revisions().size()
                                ? application.revisions().get(i)
                                : "");
            }
        }
        return now;
    }

    private void compare(Application.Source source, Reading<GitAsk.Seen> seen, String compared) {
        if (seen instanceof Reading.Unknown<GitAsk.Seen> unknown) {
            if (!picture.git().isEmpty()) {
                add(
                        State.UNKNOWN,
                        Finding.unknown(
                                "GitNotAsked",
                                subject(),
                                source.shown() + " " + source.revision() + ": " + unknown.why(),
                                ""));
            }
            return;
        }
        String commit = seen.known().map(GitAsk.Seen::commit).orElse("");
        if (!compared.isEmpty() && !commit.equals(compared)) {
            String looked =
                    application.reconciled().map(time -> ", looked at " + time).orElse("");
            add(
                    State.BEHIND,
                    Finding.wrong(
                            "BehindGit",
                            subject(),
                            source.revision() + " is " + brief(commit) + " in Git, Argo CD compared " + brief(compared)
                                    + looked,
                            pause.on() ? "homelab gitops resume " + application.name() : refresh()));
        }
    }

    private static String brief(String commit) {
        return commit.length() > 7 ? commit.substring(0, 7) : commit;
    }

    private String refresh() {
        return "kubectl -n " + application.namespace() + " annotate application " + application.name()
                + " argocd.argoproj.io/refresh=normal";
    }

    private Workloads workloads() {
        Reading<Map<Id, Compared>> comparison = picture.comparison(application);
        Workloads workloads = new Workloads(picture.live());
        List<Id> ids = application.managed().stream()
                .filter(one -> !one.prune())
                .map(Application.Managed::id)
                .filter(Live::runs)
                .toList();
        ids.forEach(id -> workloads.follow(application, id, target(comparison, id)));
        findings.addAll(workloads.findings());
        state = State.worse(state, workloads.state());
        if (comparison instanceof Reading.Unknown<Map<Id, Compared>> unknown && !ids.isEmpty()) {
            add(
                    State.UNKNOWN,
                    Finding.unknown(
                            "RenderedNotSeen",
                            subject(),
                            "what Git's files are rendered to could not be read (" + unknown.why()
                                    + "); what Argo CD applied last stands in its place",
                            ""));
        }
        return workloads;
    }

    private Optional<JsonNode> target(Reading<Map<Id, Compared>> comparison, Id id) {
        if (comparison instanceof Reading.Known<Map<Id, Compared>> known) {
            return Optional.ofNullable(known.value().get(id))
                    .map(Compared::target)
                    .filter(JsonNode::isObject);
        }
        return picture.live()
                .of(id)
                .map(live -> Json.at(live, "metadata", "annotations")
                        .path(LAST_APPLIED)
                        .asText())
                .map(Json::tree)
                .filter(JsonNode::isObject);
    }

    private void paused() {
        if (!pause.on()) {
            return;
        }
        String who = pause.reason().isEmpty() ? "not by homelab, for a reason that it does not say" : pause.reason();
        String since = pause.since().map(time -> " since " + time).orElse("");
        boolean expired = pause.expired(picture.at());
        String until = pause.until()
                .map(time -> (expired ? ", was to end at " : ", to end at ") + time)
                .orElse("");
        findings.add(Finding.danger(
                expired ? "PauseExpired" : "Paused",
                subject(),
                "Argo CD leaves it alone" + since + until + ": " + who
                        + "; what is shown of its comparison is as old as that",
                "homelab gitops resume " + application.name()));
    }
}
