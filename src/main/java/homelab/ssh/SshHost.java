package homelab.ssh;

import homelab.host.Become;
import homelab.host.Capture;
import homelab.host.Envelope;
import homelab.host.Host;
import homelab.host.HostProblems;
import homelab.host.Outcome;
import homelab.host.Output;
import homelab.host.PortForward;
import homelab.host.Receiver;
import homelab.host.Script;
import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** A node over one SSH connection. */
final class SshHost implements Host {
    /** How long after its limit a script is still waited for: killing it takes time, and so does the way here. */
    static final Duration GRACE = Envelope.KILL_AFTER.plusSeconds(10);
    /** sshd's MaxSessions is 10 unless changed; some stay free for sessions that last. */
    private static final int AT_ONCE = 7;

    private static final Duration TO_BECOME = Duration.ofSeconds(30);
    private static final int CHUNK = 128 * 1024;

    private final Outcome.Who who;
    private final Root root;
    private final Supplier<Link> dial;
    private final Duration grace;
    private volatile Link link;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /**
     * @param root how scripts for root come by it
     * @param dial makes the connection, now and when it was lost
     */
    SshHost(Outcome.Who who, Root root, Supplier<Link> dial, Duration grace) {
        this.who = who;
        this.root = root;
        this.dial = dial;
        this.link = dial.get();
        this.grace = grace;
    }

    Link link() {
        return link;
    }

    @Override
    public NodeName name() {
        return who.node();
    }

    @Override
    public Output run(Script script) {
        return inTurn(() -> exec(script, Envelope::whole, channel -> {}));
    }

    @Override
    public void upload(Path local, String remotePath, String sha256, String mode, Progress progress) {
        Receiver receiver = new Receiver(remotePath, sha256, mode, size(local));
        Script script = receiver.script();
        if (root.purse().canOpen()) {
            getToKnow(script);
        }
        receiver.judge(
                name(), inTurn(() -> exec(script, Envelope::streaming, channel -> send(channel, local, progress))));
    }

    /** Written to standard input after the script. */
    private interface Rest {
        void sendTo(ExecChannel channel) throws IOException;
    }

    private interface Wrapping {
        Envelope of(Script script, Become become);
    }

    /** What is sent in pieces is sent once: how root is had is seen by a script that does nothing. */
    private void getToKnow(Script script) {
        if (script.as() == Script.As.ROOT && !root.known()) {
            run(Script.root("become root", ":", TO_BECOME));
        }
    }

    /** Once more in another way when sudo refused and said why; a script that ran is never run again. */
    private Output exec(Script script, Wrapping wrapping, Rest rest) {
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
        try {
            ExecChannel channel = ExecChannel.open(link.client().getConnection(), marked);
            if (!finish(channel, become, envelope, rest, most)) {
                throw new Failure(Exit.BLIND, HostProblems.silent(name(), script.title(), most.toSeconds()));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return marked.end()
                    ? Optional.of(ran(script, become, channel, out, took))
                    : unmarked(script, become, channel, out, took);
        } catch (IOException e) {
            throw link.lost(name(), script, e);
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
            if (start(channel, become, envelope)) {
                rest.sendTo(channel);
                channel.endInput();
            }
            return channel.await(most);
        } finally {
            channel.abandon();
        }
    }

    /** False when sudo has ended it before the script was sent. */
    private boolean start(ExecChannel channel, Become become, Envelope envelope) throws IOException {
        try (StallWatch.Guard guard = link.guard()) {
            channel.exec(envelope.commandLine());
        }
        if (become.way() == Become.Way.ASKED && !new SudoTalk(who, channel, become, root.purse()).passes()) {
            return false;
        }
        try (StallWatch.Guard guard = link.guard()) {
            channel.send(envelope.input(), envelope.input().length);
            return true;
        }
    }

    private void send(ExecChannel channel, Path local, Progress progress) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (InputStream from = Files.newInputStream(local)) {
            long sent = 0;
            for (int read = from.read(chunk); read >= 0 && sendGuarded(channel, chunk, read); read = from.read(chunk)) {
                sent += read;
                progress.sent(sent);
            }
        }
    }

    private boolean sendGuarded(ExecChannel channel, byte[] chunk, int length) throws IOException {
        try (StallWatch.Guard guard = link.guard()) {
            return channel.send(chunk, length);
        }
    }

    @Override
    public Session open(Script script) {
        Become become = opening(script);
        try {
            SshSession session = SshSession.open(who, script, link, become);
            start(session.channel(), become, Envelope.streaming(script, become));
            return session;
        } catch (IOException e) {
            throw link.lost(name(), script, e);
        }
    }

    @Override
    public Forward forward(String remoteAddress, int remotePort) {
        return PortForward.to(() -> new TunnelLine(link.client().newDirectConnection(remoteAddress, remotePort)));
    }

    /** sshj may not have noticed yet, but what was lost was closed where it was noticed. */
    @Override
    public synchronized void revive() {
        if (!link.alive()) {
            link = dial.get();
        }
    }

    @Override
    public void close() {
        link.close();
    }

    private Become opening(Script script) {
        if (root.purse().canOpen()) {
            getToKnow(script);
        }
        return root.become(script);
    }

    private long size(Path local) {
        try {
            return Files.size(local);
        } catch (IOException e) {
            throw new Failure(Exit.FAILED, Problem.of(local + " cannot be read", "" + e.getMessage(), ""), e);
        }
    }

    private Output inTurn(Supplier<Output> work) {
        turns.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
