package homelab.command;

import homelab.problem.Exit;

/** One verb: its options are fields that picocli fills, its work is {@link #call}. */
interface Command {

    /** @throws homelab.problem.Failure whose exit and problems are then told */
    Exit call();

    /** Whether traces of unexpected errors are shown. */
    boolean verbose();
}
