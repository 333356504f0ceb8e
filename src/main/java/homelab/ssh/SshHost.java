package homelab.ssh;

import homelab.host.Become;
import homelab.host.Envelope;
import homelab.host.Host;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** A node over one SSH connection. */
final class SshHost implements Host {
    /** How long after its limit a script is still waited for: killing it takes time, and so does the way here. */
    static final Duration GRACE = Envelope.KILL_AFTER.plusSeconds(10);
    /** sshd's MaxSessions is 10 unless changed; some stay free for sessions that last. */
    private static final int AT_ONCE = 7;

    private static final Duration TO_BECOME = Duration.ofSeconds(30);

    private final Outcome.Who who;
    private final Root root;
    private final Supplier<Link> dial;
    private final Execution execution;
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
        this.execution = new Execution(who, root, this::link, grace);
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
        return inTurn(() -> execution.of(script, Envelope::whole, channel -> {}));
    }

    @Override
    public void upload(Path local, String remotePath, String sha256, String mode, Progress progress) {
        Receiver receiver = new Receiver(remotePath, sha256, mode, size(local));
        Script script = receiver.script();
        if (root.purse().canOpen()) {
            getToKnow(script);
        }
        Sending file = new Sending(local, progress, this::link);
        receiver.judge(name(), inTurn(() -> execution.of(script, Envelope::streaming, file)));
    }

    /** What is sent in pieces is sent once: how root is had is seen by a script that does nothing. */
    private void getToKnow(Script script) {
        if (script.as() == Script.As.ROOT && !root.known()) {
            run(Script.root("become root", ":", TO_BECOME));
        }
    }

    @Override
    public Session open(Script script) {
        Become become = opening(script);
        try {
            SshSession session = SshSession.open(who, script, link, become);
            execution.begin(session.channel(), become, Envelope.streaming(script, become));
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
