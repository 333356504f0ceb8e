package homelab.gitops;

import java.util.List;
import java.util.stream.Collectors;

/** What Argo CD itself says of an Application: its comparison and its last sync. */
final class ArgoWords {
    private final Application application;
    private final Verdict verdict;

    private ArgoWords(Application application, Verdict verdict) {
        this.application = application;
        this.verdict = verdict;
    }

    static void judge(Application application, Verdict verdict) {
        ArgoWords words = new ArgoWords(application, verdict);
        words.comparison();
        words.sync();
    }

    private void comparison() {
        List<String> errors = application.complaints().stream()
                .filter(complaint -> complaint.matches("(?s)(Comparison|InvalidSpec|Unknown|Deletion)Error: .*"))
                .toList();
        if (!errors.isEmpty()) {
            verdict.add(
                    State.FAILING,
                    Finding.wrong("CannotCompare", application.subject(), String.join("; ", errors), ""));
        } else if (application.sync().isEmpty() || application.sync().equals("Unknown")) {
            verdict.add(
                    State.UNKNOWN,
                    Finding.unknown("NotCompared", application.subject(), "Argo CD has not compared it yet", ""));
        } else if (!application.isSynced()) {
            String fix = "homelab gitops diff " + application.name();
            verdict.add(State.DIFFERS, Finding.wrong("OutOfSync", application.subject(), outOfSync(), fix));
        }
    }

    private String outOfSync() {
        String what = application.managed().stream()
                .filter(one -> one.sync().equals("OutOfSync"))
                .map(one -> one.id() + (one.prune() ? " (no longer in Git)" : ""))
                .collect(Collectors.joining(", "));
        String how = application.automated() ? "" : "; it is not synced automatically";
        return (what.isEmpty() ? "Argo CD does not say what" : what) + how;
    }

    private void sync() {
        application
                .operation()
                .filter(one -> one.phase().matches("Failed|Error"))
                .ifPresent(one -> verdict.tell(Finding.wrong("SyncFailed", application.subject(), one.message(), "")));
        application
                .operation()
                .filter(Application.Operation::running)
                .ifPresent(one -> verdict.add(
                        State.ROLLING,
                        Finding.wrong("Syncing", application.subject(), one.phase() + ": " + one.message(), "")));
    }
}
