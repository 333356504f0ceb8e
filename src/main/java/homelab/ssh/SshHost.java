package homelab.ssh;

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
import java.util.concurrent.Semaphore;

/** A node over one SSH connection. */
final class SshHost implements Host {
    /** How long after its limit a script is still waited for: killing it takes time, and so does the way here. */
    static final Duration GRACE = Envelope.KILL_AFTER.plusSeconds(10);
    /** sshd's MaxSessions is 10 unless changed; some stay free for sessions that last. */
    private static final int AT_ONCE = 7;

    private static final int CHUNK = 128 * 1024;

    private final Outcome.Who who;
    private final boolean become;
    private final Link link;
    private final Duration grace;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /** @param become whether scripts for root go through sudo */
    SshHost(Outcome.Who who, boolean become, Link link, Duration grace) {
        this.who = who;
        this.become = become;
        this.link = link;
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
        Envelope envelope = Envelope.whole(script, sudo(script));
        return inTurn(() -> exec(script, envelope, channel -> {}));
    }

    @Override
    public void upload(Path local, String remotePath, String sha256, String mode, Progress progress) {
        Receiver receiver = new Receiver(remotePath, sha256, mode, size(local));
        Script script = receiver.script();
        Envelope envelope = Envelope.streaming(script, sudo(script));
        receiver.judge(name(), inTurn(() -> exec(script, envelope, channel -> send(channel, local, progress))));
    }

    /** Written to standard input after the script. */
    private interface Rest {
        void sendTo(ExecChannel channel) throws IOException;
    }

    private Output exec(Script script, Envelope envelope, Rest rest) {
        long start = System.nanoTime();
        Capture out = new Capture(Outcome.OUT_CAP);
        Duration most = script.limit().plus(grace);
        try {
            ExecChannel channel = ExecChannel.open(link.client().getConnection(), out::write);
            if (!finish(channel, envelope, rest, most)) {
                throw new Failure(Exit.BLIND, HostProblems.silent(name(), script.title(), most.toSeconds()));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return Outcome.of(who, script, channel.exit(), out, channel.err(), took);
        } catch (IOException e) {
            throw link.lost(name(), script, e);
        }
    }

    private boolean finish(ExecChannel channel, Envelope envelope, Rest rest, Duration most) throws IOException {
        try {
            start(channel, envelope);
            rest.sendTo(channel);
            channel.endInput();
            return channel.await(most);
        } finally {
            channel.abandon();
        }
    }

    private void start(ExecChannel channel, Envelope envelope) throws IOException {
        try (StallWatch.Guard guard = link.guard()) {
            channel.exec(envelope.commandLine());
            channel.send(envelope.input(), envelope.input().length);
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
        try {
            SshSession session = SshSession.open(who, script, link);
            start(session.channel(), Envelope.streaming(script, sudo(script)));
            return session;
        } catch (IOException e) {
            throw link.lost(name(), script, e);
        }
    }

    @Override
    public Forward forward(String remoteAddress, int remotePort) {
        return PortForward.to(() -> new TunnelLine(link.client().newDirectConnection(remoteAddress, remotePort)));
    }

    @Override
    public void close() {
        link.close();
    }

    private boolean sudo(Script script) {
        return become && script.as() == Script.As.ROOT;
    }

    private long size(Path local) {
        try {
            return Files.size(local);
        } catch (IOException e) {
            throw new Failure(Exit.FAILED, Problem.of(local + " cannot be read", "" + e.getMessage(), ""), e);
        }
    }

    private Output inTurn(java.util.function.Supplier<Output> work) {
        turns.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
