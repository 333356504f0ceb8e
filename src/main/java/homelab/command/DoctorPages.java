package homelab.command;

import homelab.doctor.Check;
import homelab.doctor.Checks;
import homelab.doctor.Page;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.DoctorJson;
import homelab.report.DoctorText;
import java.util.List;
import java.util.Locale;

/** {@code doctor list} and {@code doctor explain}: what is written of checks, without any host. */
record DoctorPages(Io io, boolean json) {

    Exit list(List<Check> checks) {
        List<Page> pages = checks.stream().map(check -> Page.of(check.id())).toList();
        io.out().print(json ? DoctorJson.list(pages) : new DoctorText(io.outTerminal()).list(pages));
        return Exit.DONE;
    }

    /** @throws Failure with exit USAGE for ids that no check has, and for none at all */
    Exit explain(List<String> named) {
        if (named.isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "no check is named",
                            "explain tells of the checks that follow it",
                            "homelab doctor explain HOST-004; homelab doctor list shows all"));
        }
        List<String> ids = named.stream().map(id -> id.toUpperCase(Locale.ROOT)).toList();
        List<String> known = Checks.all().stream().map(Check::id).toList();
        Near.refuseUnknown(ids, known, "there is no check", "homelab doctor list");
        List<Page> pages = ids.stream().map(Page::of).toList();
        io.out().print(json ? DoctorJson.list(pages) : new DoctorText(io.outTerminal()).explain(pages));
        return Exit.DONE;
    }
}
