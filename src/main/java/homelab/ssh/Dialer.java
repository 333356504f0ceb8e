package homelab.ssh;

import homelab.host.Asker;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;

/**
 * Connects to one node. A node that does not answer is tried again until the deadline, because it may be booting; one
 * that answers and refuses is not.
 *
 * @param deadline for an answer; login may take as long again
 * @param jump makes the connection to go through, if the node has one
 */
record Dialer(
        Door door,
        KnownHosts known,
        Duration deadline,
        Optional<Supplier<Link>> jump,
        StallWatch watch,
        Passphrases passphrases,
        Asker asker) {

    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration ONE_TRY = Duration.ofSeconds(5);
    private static final int CHANNEL_TIMEOUT_MS = 60_000;
    private static final int KEEPALIVE_SECONDS = 5;

    /**
     * Until the deadline, as a host may be coming up; but where the kernel says twice that nobody there answers to the
     * address (each time after some seconds of asking), nobody is there.
     */
    Link dial() {
        long began = System.nanoTime();
        long end = began + deadline.toNanos();
        boolean absent = false;
        while (true) {
            Optional<Link> via = jump.map(Supplier::get);
            AcceptNew verifier = new AcceptNew(known, door);
            SSHClient client = new SSHClient(new LeanConfig());
            try {
                reach(client, verifier, via, end);
                login(client);
                return new Link(client, via, watch);
            } catch (IOException | RuntimeException e) {
                new Link(client, Optional.empty(), watch).close();
                if (absent && e instanceof NoRouteToHostException) {
                    throw unreachable(e, Duration.ofNanos(System.nanoTime() - began));
                }
                absent = e instanceof NoRouteToHostException;
                giveUpOrPause(e, verifier, end);
            }
        }
    }

    private void reach(SSHClient client, AcceptNew verifier, Optional<Link> via, long end) throws IOException {
        client.addHostKeyVerifier(verifier);
        client.setSocketFactory(new NoDelaySockets());
        client.setConnectTimeout(millisOf(Math.min(ONE_TRY.toNanos(), end - System.nanoTime())));
        client.setTimeout(millisOf(deadline.toNanos()));
        client.getTransport().setTimeoutMs(millisOf(deadline.toNanos()));
        client.getConnection().getKeepAlive().setKeepAliveInterval(KEEPALIVE_SECONDS);
        if (via.isPresent()) {
            connectThrough(client, via.get());
        } else {
            client.connect(door.host(), door.port());
        }
    }

    private void connectThrough(SSHClient client, Link via) throws IOException {
        DirectConnection tunnel = via.client().newDirectConnection(door.host(), door.port());
        // Reading the greeting through a tunnel knows no time limit.
        try (StallWatch.Guard guard = watch.guard(deadline, () -> closeQuietly(tunnel))) {
            client.connectVia(tunnel);
        }
    }

    private void login(SSHClient client) throws IOException {
        Keys keys = Keys.of(client, door.identity(), passphrases, watch);
        Answers answers = new Answers(asker, door.user() + "@" + door.name());
        List<AuthMethod> methods = new ArrayList<>(keys.usable());
        if (asker != Asker.NOBODY) {
            methods.add(new AuthKeyboardInteractive(answers));
        }
        if (methods.isEmpty()) {
            throw blind(new SshProblems(door).notLetIn(keys, List.of()));
        }
        StringBuffer farewell = new StringBuffer();
        client.getTransport().setDisconnectListener((reason, message) -> farewell.append(message));
        try {
            client.auth(door.user(), methods);
        } catch (IOException e) {
            // When the host has hung up, it is the next key that is told of it, by a closed socket.
            Optional<Failure> told = refused(client, keys, answers, farewell.toString());
            if (told.isPresent()) {
                throw told.get();
            }
            throw e;
        }
        client.getTransport().setTimeoutMs(CHANNEL_TIMEOUT_MS);
        client.getConnection().setTimeoutMs(CHANNEL_TIMEOUT_MS);
    }

    /** Nothing when it is not known that the host refused. */
    private Optional<Failure> refused(SSHClient client, Keys keys, Answers answers, String farewell) {
        SshProblems problems = new SshProblems(door);
        List<String> allowed = List.copyOf(client.getUserAuth().getAllowedMethods());
        if (farewell.contains("Too many authentication failures")) {
            return Optional.of(blind(problems.tooManyKeys(keys)));
        }
        if (answers.asked()) {
            return Optional.of(blind(problems.wrongAnswer(keys)));
        }
        return allowed.isEmpty() ? Optional.empty() : Optional.of(blind(problems.notLetIn(keys, allowed)));
    }

    private void giveUpOrPause(Exception e, AcceptNew verifier, long end) {
        SshProblems problems = new SshProblems(door);
        if (e instanceof Failure failure) {
            throw failure;
        }
        if (verifier.refusal().isPresent()) {
            throw blind(problems.hostKey(verifier.refusal().get()));
        }
        if (("" + e.getMessage()).contains("reach a settlement")) {
            throw blind(problems.nothingInCommon(e));
        }
        if (e instanceof RuntimeException) {
            throw new Failure(Exit.BLIND, problems.broken(e), e);
        }
        if (System.nanoTime() + PAUSE.toNanos() >= end) {
            throw unreachable(e, deadline);
        }
        pause();
    }

    private Failure unreachable(Exception last, Duration tried) {
        return new Failure(Exit.BLIND, new SshProblems(door).unreachable(last, tried), last);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, List.of());
        }
    }

    private static Failure blind(Problem problem) {
        return new Failure(Exit.BLIND, problem);
    }

    private static int millisOf(long nanos) {
        return (int) Math.max(100, nanos / 1_000_000);
    }

    private static void closeQuietly(DirectConnection tunnel) {
        try {
            tunnel.close();
        } catch (IOException e) {
            // Then the jump host is gone, and the reader notices.
        }
    }
}
