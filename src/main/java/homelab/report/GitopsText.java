package homelab.report;

import homelab.gitops.Application;
import homelab.gitops.Finding;
import homelab.gitops.Standing;
import homelab.gitops.WorkloadStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Applications: Git beside the Application beside what runs; below them every value that is not the same in all three. */
public final class GitopsText {
    private static final int BRIEF = 7;

    private final Terminal terminal;
    private final Instant now;

    public GitopsText(Terminal terminal, Instant now) {
        this.terminal = terminal;
        this.now = now;
    }

    public String of(List<Standing> standings) {
        if (standings.isEmpty()) {
            return "Argo CD has no Applications\n";
        }
        Table table = new Table(terminal, "APP", "STATE", "GIT", "APPLICATION", "RUNNING");
        standings.forEach(standing -> table.row(row(standing)));
        StringBuilder text = new StringBuilder(table.text());
        standings.forEach(standing -> below(text, standing));
        return text.append(sentence(standings)).append('\n').toString();
    }

    private List<String> row(Standing standing) {
        Application application = standing.application();
        return List.of(
                application.name(),
                standing.state().words() + (standing.pause().on() ? ", paused" : ""),
                brief(standing.now()),
                application(application),
                running(standing.workloads()));
    }

    private String application(Application application) {
        String revisions = brief(application.revisions());
        String since = application.synced().map(time -> age(time) + " ago").orElse("never synced");
        return String.join(" ", revisions, application.sync(), application.health(), since)
                .strip();
    }

    private static String running(List<WorkloadStanding> workloads) {
        int pods = workloads.stream().mapToInt(WorkloadStanding::pods).sum();
        int right = workloads.stream().mapToInt(WorkloadStanding::right).sum();
        int ready = workloads.stream().mapToInt(WorkloadStanding::ready).sum();
        String well = ready < pods ? ", " + ready + " ready" : "";
        return workloads.isEmpty() ? "-" : right + "/" + pods + " pods as Git says" + well;
    }

    private static String brief(List<String> revisions) {
        return revisions.stream()
                .map(revision -> revision.matches("[0-9a-f]{40}") ? revision.substring(0, BRIEF) : revision)
                .collect(Collectors.joining(","));
    }

    private String age(Instant time) {
        Duration age = Duration.between(time, now);
        if (age.toDays() > 1) {
            return age.toDays() + "d";
        }
        return age.toHours() > 1 ? age.toHours() + "h" : Math.max(0, age.toMinutes()) + "m";
    }

    private void below(StringBuilder text, Standing standing) {
        for (WorkloadStanding workload : standing.workloads()) {
            workload.differences().forEach(one -> {
                text.append("  ")
                        .append(workload.id())
                        .append(": ")
                        .append(Safe.line(one.what()))
                        .append('\n');
                GitopsLines.part(terminal, text, "git", one.git());
                GitopsLines.part(terminal, text, "object", one.object());
                GitopsLines.part(terminal, text, "runs", String.join(" | ", one.running()));
            });
        }
        standing.findings().forEach(finding -> finding(text, finding));
    }

    private void finding(StringBuilder text, Finding finding) {
        String mark = switch (finding.weight()) {
            case WRONG -> terminal.red(terminal.cross());
            case UNKNOWN -> terminal.yellow("?");
            case DANGER -> terminal.yellow("!");
        };
        String head = Safe.line(finding.name() + " " + finding.subject());
        text.append(mark)
                .append(' ')
                .append(String.join("\n  ", Fold.lines(head, terminal.width() - 2)))
                .append('\n');
        GitopsLines.part(terminal, text, "why", finding.why());
        if (!finding.fix().isEmpty()) {
            GitopsLines.part(terminal, text, "fix", finding.fix());
        }
    }

    private static String sentence(List<Standing> standings) {
        long fine = standings.stream().filter(Standing::isAsGitSays).count();
        return fine + " of " + standings.size() + " Applications as Git says";
    }

    /** Schema {@code homelab/gitops-status/v1}. */
    public static String json(List<Standing> standings, Instant at) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("at", at.toString());
        content.put("applications", standings.stream().map(GitopsText::tree).toList());
        return Json.document("gitops-status/v1", content);
    }

    private static Map<String, Object> tree(Standing standing) {
        Application application = standing.application();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("namespace", application.namespace());
        tree.put("name", application.name());
        tree.put("state", standing.state().name());
        tree.put("git", standing.now());
        tree.put("compared", application.revisions());
        tree.put("sync", application.sync());
        tree.put("health", application.health());
        tree.put("synced", application.synced().map(Instant::toString).orElse(""));
        tree.put("reconciled", application.reconciled().map(Instant::toString).orElse(""));
        tree.put("conditions", application.complaints());
        tree.put("pause", RecordTree.fields(standing.pause()));
        tree.put("finalizers", application.finalizers());
        tree.put(
                "workloads",
                standing.workloads().stream().map(RecordTree::fields).toList());
        tree.put(
                "findings", standing.findings().stream().map(RecordTree::fields).toList());
        return tree;
    }
}
