package homelab.host;

import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that homelab runs on, for a node with {@code address: local}. */
public final class LocalHost implements Host {
    private final Outcome.Who who;
    private final boolean root;

    public LocalHost(NodeName name) {
        this.who = new Outcome.Who(name, System.getProperty("user.name", "this user"));
        this.root = isRoot();
    }

    @Override
    public NodeName name() {
        return who.node();
    }

    @Override
    public Output run(Script script) {
        Envelope envelope = Envelope.whole(script, sudo(script));
        try (LocalProcess process = LocalProcess.start(envelope)) {
            return process.finish(who, script);
        } catch (IOException e) {
            throw cannotRun(script, e);
        }
    }

    @Override
    public void upload(Path local, String remotePath, String sha256, String mode, Progress progress) {
        try {
            Receiver receiver = new Receiver(remotePath, sha256, mode, Files.size(local));
            Script script = receiver.script();
            try (LocalProcess process = LocalProcess.start(Envelope.streaming(script, sudo(script)))) {
                process.send(local, progress);
                receiver.judge(who.node(), process.finish(who, script));
            }
        } catch (IOException e) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(who.node() + ": " + local + " cannot be copied", "" + e.getMessage(), ""),
                    e);
        }
    }

    @Override
    public Session open(Script script) {
        try {
            return new LocalSession(who, script, LocalProcess.start(Envelope.streaming(script, sudo(script))));
        } catch (IOException e) {
            throw cannotRun(script, e);
        }
    }

    @Override
    public Forward forward(String remoteAddress, int remotePort) {
        return PortForward.to(() -> new SocketLine(new Socket(remoteAddress, remotePort)));
    }

    @Override
    public void close() {
        // Every process was closed by the call that started it.
    }

    private boolean sudo(Script script) {
        return script.as() == Script.As.ROOT && !root;
    }

    private Failure cannotRun(Script script, IOException e) {
        String what = who.node() + ": '" + script.title() + "' could not be run on this machine";
        return new Failure(Exit.BLIND, Problem.of(what, "" + e.getMessage(), ""), e);
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private record SocketLine(Socket socket) implements PortForward.Line {
        @Override
        public InputStream in() throws IOException {
            return socket.getInputStream();
        }

        @Override
        public OutputStream out() throws IOException {
            OutputStream out = socket.getOutputStream();
            return new java.io.FilterOutputStream(out) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                }

                @Override
                public void close() throws IOException {
                    socket.shutdownOutput();
                }
            };
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
