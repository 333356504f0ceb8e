package homelab.command;

import homelab.problem.Exit;
import homelab.report.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** One run of the program in this process, by the method that {@code Main} calls. */
public record Run(Exit exit, String out, String err) {

    public static Run of(String... args) {
        return of(Terminal.PIPE, Map.of("HOME", "/nonexistent"), args);
    }

    public static Run of(Terminal terminal, Map<String, String> env, String... args) {
        return of(terminal, env, Optional.empty(), args);
    }

    /** @param typed by somebody who is there to answer, line by line */
    public static Run answered(String typed, Map<String, String> env, String... args) {
        return of(Terminal.PIPE, env, Optional.of(typed), args);
    }

    private static Run of(Terminal terminal, Map<String, String> env, Optional<String> typed, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Io io = new Io(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader(typed.orElse(""))),
                typed.isPresent(),
                terminal,
                terminal,
                env,
                Path.of("").toAbsolutePath());
        Exit exit = new Cli(io).run(args);
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
