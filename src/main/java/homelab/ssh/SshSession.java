package homelab.ssh;

import homelab.host.Become;
import homelab.host.Host;
import homelab.host.HostProblems;
import homelab.host.Outcome;
import homelab.host.Output;
import homelab.host.Script;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A script on a node that is talked to line by line. */
final class SshSession implements Host.Session {
    private static final long POLL_MILLIS = 200;

    private final Outcome.Who who;
    private final Script script;
    private final Link link;
    private final ExecChannel channel;
    private final Marked marked;
    private final Become become;
    private final Lines lines;

    private SshSession(
            Outcome.Who who, Script script, Link link, Become become, ExecChannel channel, Marked marked, Lines lines) {
        this.who = who;
        this.script = script;
        this.link = link;
        this.channel = channel;
        this.lines = lines;
        this.marked = marked;
        this.become = become;
    }

    static SshSession open(Outcome.Who who, Script script, Link link, Become become) throws IOException {
        Lines lines = new Lines();
        Marked marked = new Marked(become.begin(), lines);
        ExecChannel channel = Turn.open(link.client().getConnection(), marked);
        return new SshSession(who, script, link, become, channel, marked, lines);
    }

    ExecChannel channel() {
        return channel;
    }

    /** Divides what arrives into lines; written to by the connection's reader alone. */
    private static final class Lines implements ExecChannel.Sink {
        private final BlockingQueue<String> whole = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

        @Override
        public void write(byte[] from, int offset, int length) {
            for (int at = offset; at < offset + length; at++) {
                if (from[at] == '\n') {
                    whole.add(begun.toString(StandardCharsets.UTF_8));
                    begun.reset();
                } else {
                    begun.write(from[at]);
                }
            }
        }
    }

    @Override
    public Optional<String> readLine() {
        try {
            while (true) {
                boolean ended = channel.hasEnded();
                String line = lines.whole.poll(ended ? 0 : POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (line != null) {
                    return Optional.of(line);
                }
                if (ended) {
                    return end();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Throws when it was sudo that ended it, or the connection. */
    private Optional<String> end() {
        try {
            channel.await(Duration.ofSeconds(1));
            if (!marked.end() && lines.whole.isEmpty()) {
                refused();
            }
            return Optional.ofNullable(lines.whole.poll());
        } catch (IOException e) {
            throw link.lost(who.node(), script, e);
        }
    }

    private void refused() {
        Output said = Marked.fromSudo(channel.exit(), channel.err().bytes());
        if (become.way() != Become.Way.NOT) {
            Outcome.refusal(script, said).ifPresent(why -> {
                throw new Failure(Exit.BLIND, HostProblems.noSudo(who, why));
            });
        }
    }

    @Override
    public void writeLine(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try (StallWatch.Guard guard = link.guard()) {
            if (!alive() || !channel.send(bytes, bytes.length)) {
                throw new Failure(Exit.BLIND, HostProblems.lost(who.node(), script.title(), "it has ended"));
            }
        } catch (IOException e) {
            throw link.lost(who.node(), script, e);
        }
    }

    @Override
    public boolean alive() {
        return !channel.hasEnded() && link.alive();
    }

    @Override
    public void close() {
        try (StallWatch.Guard guard = link.guard()) {
            channel.endInput();
            channel.await(Duration.ofSeconds(2));
        } catch (IOException e) {
            // Gone already.
        } finally {
            channel.abandon();
        }
    }
}
