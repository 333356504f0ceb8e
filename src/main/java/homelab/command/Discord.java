package homelab.command;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** Options of one command line that do not go together; all are told at once, before anything is looked at. */
final class Discord {
    private final List<Problem> found = new ArrayList<>();

    /** @param fix what to type instead */
    Discord when(boolean is, String what, String fix) {
        if (is) {
            found.add(Problem.of(what, "", fix));
        }
        return this;
    }

    /** @throws Failure with exit USAGE when there is any */
    void refuse() {
        if (!found.isEmpty()) {
            throw new Failure(Exit.USAGE, found);
        }
    }
}
