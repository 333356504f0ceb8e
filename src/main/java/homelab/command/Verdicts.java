package homelab.command;

import homelab.doctor.Checkup;
import homelab.doctor.Finding;
import homelab.doctor.Verdict;
import homelab.problem.Exit;
import homelab.report.DoctorJUnit;
import homelab.report.DoctorJson;
import homelab.report.DoctorMetrics;
import homelab.report.DoctorText;
import homelab.report.Terminal;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How findings are told, and when they end a run with 1. */
final class Verdicts extends Usual {

    /** From which verdict on the exit code is 1. */
    enum FailOn {
        warn,
        fail
    }

    /** How the findings are written. */
    enum Format {
        text,
        json,
        junit,
        prometheus
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text (default), json, junit or prometheus.")
    private Format format = Format.text;

    @Option(names = "--fail-on", paramLabel = "VERDICT", description = "fail (default) or warn.")
    private FailOn failOn = FailOn.fail;

    @Option(names = "--all", description = "Show what passes and what does not apply as well.")
    private boolean all;

    boolean is(Format wanted) {
        return format == wanted;
    }

    String told(Checkup checkup, Terminal terminal) {
        return switch (format) {
            case text -> new DoctorText(terminal).of(checkup, all);
            case json -> DoctorJson.of(checkup);
            case junit -> DoctorJUnit.of(checkup);
            case prometheus -> DoctorMetrics.of(checkup);
        };
    }

    Exit exit(Checkup checkup) {
        Optional<Verdict> worst = checkup.findings().stream()
                .map(Finding::verdict)
                .filter(verdict -> verdict != Verdict.UNKNOWN)
                .findFirst();
        Verdict limit = failOn == FailOn.warn ? Verdict.WARN : Verdict.FAIL;
        if (worst.isPresent() && worst.get().compareTo(limit) <= 0) {
            return Exit.FAILED;
        }
        return checkup.of(Verdict.UNKNOWN).isEmpty() ? Exit.DONE : Exit.BLIND;
    }
}
