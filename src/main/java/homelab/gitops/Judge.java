package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.gitops.ArgoCache.Compared;
import homelab.probe.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How an Application stands: Git beside the Application beside what runs. */
public final class Judge {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final Picture picture;
    private final Application application;
    private final Pause pause;
    private final Verdict verdict = new Verdict();

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
        ArgoWords.judge(application, verdict);
        List<String> now = GitNow.judge(application, picture, pause.on(), verdict);
        Optional<Finding> file = ApplicationFile.differs(application, picture.git());
        file.ifPresent(finding -> verdict.add(State.OLD_OBJECT, finding));
        Workloads workloads = workloads();
        pause.finding(application, picture.at()).ifPresent(verdict::tell);
        if (file.isEmpty()) {
            valuesInObject();
        }
        verdict.tell(Dangers.of(application, picture));
        return new Standing(application, verdict.state(), pause, now, workloads.standings(), verdict.findings());
    }

    private void valuesInObject() {
        if (application.byHand() && application.sources().stream().anyMatch(Application.Source::inline)) {
            verdict.tell(Finding.danger(
                    "ValuesInObject",
                    application.subject(),
                    "it was applied by hand and holds Helm values of its own: changing its file in Git changes nothing",
                    "apply the file again after each change, or let another Application bring it there"));
        }
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
        verdict.tell(workloads.findings());
        verdict.worsen(workloads.state());
        if (comparison instanceof Reading.Unknown<Map<Id, Compared>> unknown && !ids.isEmpty()) {
            verdict.add(
                    State.UNKNOWN,
                    Finding.unknown(
                            "RenderedNotSeen",
                            application.subject(),
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
}
