package homelab.command;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import picocli.CommandLine.Option;

/** What the user agrees to beforehand, and asking for the rest. */
final class Consent {

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask. Never covers deleting data or a second cluster beside a first.")
    private boolean yes;

    @Option(
            names = "--found-new-cluster",
            description = "Found a cluster though not every server could be seen to have none.")
    private boolean foundNewCluster;

    /** For verbs whose name alone says what they do. */
    static Consent given() {
        Consent consent = new Consent();
        consent.yes = true;
        return consent;
    }

    /** For verbs that have the option themselves and found no cluster: a doubt whether there is one stops none of them. */
    static Consent asking(boolean yes) {
        Consent consent = new Consent();
        consent.yes = yes;
        consent.foundNewCluster = true;
        return consent;
    }

    boolean foundNewCluster() {
        return foundNewCluster;
    }

    /** @throws Failure with exit REFUSED when nobody is there to ask; with INTERRUPTED when the answer is no */
    void ask(Io io, String question) {
        if (yes) {
            return;
        }
        if (!io.asks()) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            "nothing was changed: nobody is there to confirm the plan",
                            "standard input is not a terminal",
                            "read the plan above and run it again with --yes"));
        }
        if (!agreed(io, question)) {
            throw new Failure(Exit.INTERRUPTED, Problem.of("nothing was changed", "the answer was not yes", ""));
        }
    }

    /** What --yes does not cover: somebody who is there says yes to it. */
    static boolean agreed(Io io, String question) {
        io.err().print(question + " [y/N] ");
        io.err().flush();
        return agreed(io);
    }

    private static boolean agreed(Io io) {
        try {
            String answer = io.in().readLine();
            return answer != null && answer.strip().matches("(?i)y|yes");
        } catch (IOException e) {
            return false;
        }
    }
}
