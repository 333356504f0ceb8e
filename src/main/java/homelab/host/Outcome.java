package homelab.host;

import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Judges how a script ended, the same for every way of reaching a host. */
public final class Outcome {
    /** The most a script may write to standard output, in bytes. */
    public static final int OUT_CAP = 64 * 1024 * 1024;
    /** The most that is kept of standard error, in bytes. */
    public static final int ERR_CAP = 256 * 1024;

    private static final int TIMED_OUT = 124;
    private static final int KILLED = 137;

    private Outcome() {}

    /**
     * The output as callers get it. A script that was stopped at its limit ends with 124 and says so at the end of its
     * errors.
     *
     * @param took from start to end, as seen from here
     * @throws Failure when sudo wanted a password, so that the script was not run, or when output was dropped
     */
    public static Output of(Who who, Script script, int exit, Capture out, Capture err, Duration took) {
        Output output = new Output(exit, out.bytes(), err.bytes());
        refusal(script, output).ifPresent(said -> {
            throw new Failure(Exit.BLIND, HostProblems.noSudo(who, said));
        });
        return ofRun(who, script, output, out.overflown(), took);
    }

    /** What sudo said instead of running the script. */
    public static Optional<String> refusal(Script script, Output output) {
        return script.as() == Script.As.ROOT && noSudo(output)
                ? Optional.of(output.errors().strip())
                : Optional.empty();
    }

    /**
     * As {@link #of}, of a script that is known to have run.
     *
     * @param overflown whether output was dropped
     */
    public static Output ofRun(Who who, Script script, Output output, boolean overflown, Duration took) {
        if (overflown) {
            throw new Failure(Exit.FAILED, HostProblems.tooMuch(who.node(), script));
        }
        boolean stopped =
                (output.exit() == TIMED_OUT || output.exit() == KILLED) && took.compareTo(script.limit()) >= 0;
        return stopped ? new Output(TIMED_OUT, output.out(), withLimit(output, script)) : output;
    }

    private static byte[] withLimit(Output output, Script script) {
        String told = output.errors() + "stopped after " + script.limit().toSeconds() + " s\n";
        return told.getBytes(StandardCharsets.UTF_8);
    }

    /** Only sudo itself speaks so; a script that ran has its own words, or none. */
    private static boolean noSudo(Output output) {
        String errors = output.errors();
        boolean refused =
                output.exit() == 1 && errors.startsWith("sudo: ") || errors.contains("is not in the sudoers file");
        boolean absent = output.exit() == 127 && errors.startsWith("env: ") && errors.contains("sudo");
        return output.out().length == 0 && (refused || absent);
    }

    /** A node and the login it is reached with. */
    public record Who(NodeName node, String user) {}
}
