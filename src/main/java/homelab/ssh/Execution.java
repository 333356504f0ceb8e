package homelab.ssh;

import homelab.host.Become;
import homelab.host.Capture;
import homelab.host.Envelope;
import homelab.host.HostProblems;
import homelab.host.Outcome;
import homelab.host.Output;
import homelab.host.Script;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs scripts on a host, each over a channel of its own, as root where they want it.
 *
 * @param link the connection that there is now
 * @param grace how long after its limit a script is still waited for
 */
record Execution(Outcome.Who who, Root root, Supplier<Link> link, Duration grace) {

    /** Written to standard input after the script. */
    interface Rest {
        void sendTo(ExecChannel channel) throws IOException;
    }

    /** How a script is wrapped for the way in which root is had. */
    interface Wrapping {
        Envelope of(Script script, Become become);
    }

    /** Once more in another way when sudo refused and said why; a script that ran is never run again. */
    Output of(Script script, Wrapping wrapping, Rest rest) {
        while (true) {
            Become become = root.become(script);
            Optional<Output> output = attempt(script, become, wrapping.of(script, become), rest);
            if (output.isPresent()) {
                return output.get();
            }
        }
    }

    private Optional<Output> attempt(Script script, Become become, Envelope envelope, Rest rest) {
        long start = System.nanoTime();
        Capture out = new Capture(Outcome.OUT_CAP);
        Marked marked = new Marked(become.begin(), out::write);
        Duration most = script.limit().plus(grace);
        Link over = link.get();
        try {
            ExecChannel channel = Turn.open(over.client().getConnection(), marked);
            if (!finish(channel, become, envelope, rest, most)) {
                throw new Failure(Exit.BLIND, HostProblems.silent(who.node(), script.title(), most.toSeconds()));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return marked.end()
                    ? Optional.of(ran(script, become, channel, out, took))
                    : unmarked(script, become, channel, out, took);
        } catch (IOException e) {
            throw over.lost(who.node(), script, e);
        }
    }

    private Output ran(Script script, Become become, ExecChannel channel, Capture out, Duration took) {
        if (script.as() == Script.As.ROOT) {
            root.worked();
        }
        byte[] errors = Marked.after(become.begin(), channel.err());
        Output output = new Output(channel.exit(), out.bytes(), errors);
        return Outcome.ofRun(who, script, output, out.overflown(), took);
    }

    /** It did not run, or what answered is no shell. */
    private Optional<Output> unmarked(Script script, Become become, ExecChannel channel, Capture out, Duration took) {
        Output said = Marked.fromSudo(channel.exit(), channel.err().bytes());
        if (become.way() != Become.Way.NOT) {
            Optional<String> refusal = Outcome.refusal(script, said);
            if (refusal.isPresent() && root.learns(become, refusal.get())) {
                return Optional.empty();
            }
            if (refusal.isPresent()) {
                throw new Failure(Exit.BLIND, HostProblems.noSudo(who, refusal.get()));
            }
        }
        return Optional.of(Outcome.of(who, script, channel.exit(), out, channel.err(), took));
    }

    private boolean finish(ExecChannel channel, Become become, Envelope envelope, Rest rest, Duration most)
            throws IOException {
        try {
            if (begin(channel, become, envelope)) {
                rest.sendTo(channel);
                channel.endInput();
            }
            return channel.await(most);
        } finally {
            channel.abandon();
        }
    }

    /** False when sudo has ended it before the script was sent. */
    boolean begin(ExecChannel channel, Become become, Envelope envelope) throws IOException {
        try (StallWatch.Guard guard = link.get().guard()) {
            channel.exec(envelope.commandLine());
        }
        if (become.way() == Become.Way.ASKED && !new SudoTalk(who, channel, become, root.purse()).passes()) {
            return false;
        }
        try (StallWatch.Guard guard = link.get().guard()) {
            channel.send(envelope.input(), envelope.input().length);
            return true;
        }
    }
}
