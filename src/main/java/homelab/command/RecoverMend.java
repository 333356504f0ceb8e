package homelab.command;

import homelab.gate.Repair;
import homelab.model.Cluster;
import homelab.phase.MendPhase;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.report.ProblemText;
import java.util.ArrayList;
import java.util.List;

/** Carries repairs out, each once in a run: what did not help is not done again. */
final class RecoverMend {
    private final Io io;
    private final Common common;
    private final List<String> tried = new ArrayList<>();
    private boolean agreed;

    RecoverMend(Io io, Common common, boolean yes) {
        this.io = io;
        this.common = common;
        this.agreed = yes;
    }

    List<String> tried() {
        return List.copyOf(tried);
    }

    List<Repair> fresh(List<Repair> repairs) {
        return repairs.stream()
                .filter(repair -> !tried.contains(repair.title()))
                .toList();
    }

    /** Asks before the first, and then no more: who says yes to the first says yes to what is as safe. */
    boolean safe(List<Repair> repairs) {
        if (repairs.isEmpty()) {
            return false;
        }
        repairs.forEach(repair -> tried.add(repair.title()));
        carry(repairs, Consent.asking(agreed));
        agreed = true;
        return true;
    }

    /** Asks of each by itself. */
    boolean asked(List<Repair> repairs) {
        boolean any = false;
        for (Repair repair : repairs) {
            tried.add(repair.title());
            if (Consent.agreed(io, repair.title() + "\n" + repair.question().orElseThrow())) {
                carry(List.of(repair), Consent.asking(true));
                any = true;
            }
        }
        return any;
    }

    /** What would be done. */
    void show(List<Repair> repairs) {
        if (!repairs.isEmpty()) {
            try (Job job = Job.withoutReleases(io, common, "recover", Cluster::nodes)) {
                new Carry(io, job, Consent.asking(agreed), false, "recover").show(List.of(new MendPhase(repairs)));
            }
        }
    }

    /** A deed that fails is told, and the gates are looked at again; a guard's no and somebody's ends the run. */
    private void carry(List<Repair> repairs, Consent consent) {
        try (Job job = Job.withoutReleases(io, common, "recover", Cluster::nodes)) {
            new Carry(aside(), job, consent, false, "recover").out(List.of(new MendPhase(repairs)));
        } catch (Failure failure) {
            if (failure.exit() != Exit.FAILED && failure.exit() != Exit.BLIND) {
                throw failure;
            }
            io.err().print(new ProblemText(io.errTerminal()).of(failure.problems()));
        }
    }

    /** Standard output is for how the gates stand. */
    private Io aside() {
        return new Io(
                io.err(), io.err(), io.in(), io.asks(), io.errTerminal(), io.errTerminal(), io.env(), io.folder());
    }
}
