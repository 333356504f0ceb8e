package homelab.command;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.util.Optional;
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

    private Optional<String> name = Optional.empty();
    private String whose = "cluster";

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

    /**
     * For what deletes data: the name of what goes is written out, by hand or beforehand as an option's value.
     *
     * @param told what the option says
     */
    static Consent named(String name, Optional<String> told) {
        Consent consent = new Consent();
        consent.name = Optional.of(name);
        consent.yes = told.filter(name::equals).isPresent();
        consent.foundNewCluster = true;
        return consent;
    }

    /** What is agreed to, and besides that the old cluster is gone. */
    Consent foundingAgain() {
        return asking(yes);
    }

    /** For what takes a node away: its name is typed, unless {@code yes}. */
    static Consent ofNode(String node, boolean yes) {
        Consent consent = asking(yes);
        consent.name = Optional.of(node);
        consent.whose = "node";
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
                            name.filter(cluster -> whose.equals("cluster"))
                                    .map(cluster -> "read the plan above and run it again with --cluster " + cluster)
                                    .orElse("read the plan above and run it again with --yes")));
        }
        boolean agreed = name.map(wanted -> spelled(io, wanted)).orElseGet(() -> agreed(io, question));
        if (!agreed) {
            throw new Failure(
                    Exit.INTERRUPTED,
                    Problem.of("nothing was changed", "the answer was not " + name.orElse("yes"), ""));
        }
    }

    /** What --yes does not cover: somebody who is there says yes to it. */
    static boolean agreed(Io io, String question) {
        io.err().print(question + " [y/N] ");
        io.err().flush();
        return agreed(io);
    }

    private static boolean agreed(Io io) {
        return answer(io).matches("(?i)y|yes");
    }

    private boolean spelled(Io io, String wanted) {
        io.err().print("This cannot be undone. Type the " + whose + "'s name, " + wanted + ", to go on: ");
        io.err().flush();
        return answer(io).equals(wanted);
    }

    /** Empty where there is none. */
    private static String answer(Io io) {
        try {
            String answer = io.in().readLine();
            return answer == null ? "" : answer.strip();
        } catch (IOException e) {
            return "";
        }
    }
}
