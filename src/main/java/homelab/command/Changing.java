package homelab.command;

import homelab.phase.Phase;
import homelab.problem.Exit;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of verbs some of whose deeds only show, for those that change something. */
final class Changing {

    @Option(names = "--dry-run", description = "Where something is changed: show what would be done and do nothing.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Where something is changed: do not ask.")
    private boolean yes;

    boolean asked() {
        return dryRun || yes;
    }

    /** @param next what to type when all is done */
    Exit of(Io io, Job job, boolean json, String verb, String next, List<Phase> phases) {
        Carry carry = new Carry(io, job, Consent.asking(yes), json, verb).takingAway(next);
        return dryRun ? carry.show(phases) : carry.out(phases);
    }
}
