package homelab.host;

import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A script of this machine that is talked to line by line. */
final class LocalSession implements Host.Session {
    private final Outcome.Who who;
    private final Script script;
    private final LocalProcess process;
    private final BufferedReader out;

    LocalSession(Outcome.Who who, Script script, LocalProcess process) {
        this.who = who;
        this.script = script;
        this.process = process;
        this.out =
                new BufferedReader(new InputStreamReader(process.process().getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> readLine() {
        try {
            Optional<String> line = Optional.ofNullable(out.readLine());
            if (line.isEmpty()) {
                // Throws when it was sudo that ended it.
                process.finish(who, script);
            }
            return line;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void writeLine(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (!alive() || !process.send(bytes, bytes.length)) {
            throw new Failure(Exit.BLIND, HostProblems.lost(who.node(), script.title(), "it has ended"));
        }
    }

    @Override
    public boolean alive() {
        return process.process().isAlive();
    }

    @Override
    public void close() {
        process.close();
    }
}
