package homelab.fake;

import homelab.host.Host;
import homelab.host.HostProblems;
import homelab.host.Output;
import homelab.host.Script;
import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A double of a host: runs scripts by this machine's sh as the current user, without SSH, and remembers them. */
public final class ShellHost implements Host {
    private final NodeName name;
    private final List<Script> scripts = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean lost;
    private volatile String cutDuring = "";
    private volatile boolean reached;

    public ShellHost(String name) {
        this.name = new NodeName(name);
    }

    /** From now on every call fails as if the connection were gone. */
    public void lose() {
        lost = true;
    }

    /**
     * The connection is cut in the middle of a script, until it is made anew.
     *
     * @param done whether the script ends on the host all the same
     */
    public void cutDuring(String title, boolean done) {
        cutDuring = title;
        reached = done;
    }

    @Override
    public void revive() {
        lost = false;
    }

    public List<Script> scripts() {
        return List.copyOf(scripts);
    }

    @Override
    public NodeName name() {
        return name;
    }

    @Override
    public Output run(Script script) {
        if (lost) {
            throw new Failure(Exit.BLIND, Problem.of(name + ": lost", "connection lost", ""));
        }
        scripts.add(script);
        if (script.title().equals(cutDuring)) {
            cutDuring = "";
            Output ignored = reached ? run(script) : new Output(0, new byte[0], new byte[0]);
            lost = true;
            throw new Failure(Exit.BLIND, HostProblems.lost(name, script.title(), "cut after " + ignored.exit()));
        }
        try {
            Process process = new ProcessBuilder("sh", "-s").start();
            process.getOutputStream().write(script.text().getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            byte[] out = process.getInputStream().readAllBytes();
            byte[] err = process.getErrorStream().readAllBytes();
            process.waitFor(30, TimeUnit.SECONDS);
            return new Output(process.exitValue(), out, err);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void upload(Path local, String remotePath, String sha256, String mode, Progress progress) {
        try {
            Files.copy(local, Path.of(remotePath));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Session open(Script script) {
        return ShellSession.start(script);
    }

    @Override
    public Forward forward(String remoteAddress, int remotePort) {
        throw new IllegalStateException("this double forwards nothing");
    }

    @Override
    public void close() {
        lost = true;
    }

    /** A script whose input stays open. */
    private record ShellSession(Process process, java.io.BufferedReader out) implements Session {

        static ShellSession start(Script script) {
            try {
                Process process = new ProcessBuilder("sh", "-c", script.text()).start();
                return new ShellSession(process, process.inputReader());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Optional<String> readLine() {
            try {
                return Optional.ofNullable(out.readLine());
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        @Override
        public void writeLine(String line) {
            try {
                process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
            } catch (IOException e) {
                throw new Failure(Exit.BLIND, Problem.of("session ended", "", ""), e);
            }
        }

        @Override
        public boolean alive() {
            return process.isAlive();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
