package homelab;

import homelab.command.Cli;
import homelab.command.Io;
import homelab.problem.Exit;
import homelab.report.Terminals;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Starts, maps the outcome to an exit code, leaves. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.setProperty("picocli.disable.closures", "true");
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", level(args));
        Io io = io();
        Exit exit = new Cli(io).run(args);
        io.out().flush();
        io.err().flush();
        Runtime.getRuntime().halt(exit.code()); // System.exit would start more of the JDK only to end it
    }

    /** Never more than "debug": what sshj writes at "trace" are the bytes of its packets, secrets among them. */
    static String level(String... args) {
        long asked = Arrays.stream(args)
                .mapToLong(arg -> arg.equals("--verbose") ? 1 : arg.matches("-v+") ? arg.length() - 1 : 0)
                .sum();
        return asked == 0 ? "off" : asked == 1 ? "info" : "debug";
    }

    private static Io io() {
        var env = System.getenv();
        var shown = Terminals.charset(env);
        return new Io(
                new PrintStream(System.out, false, shown),
                new PrintStream(System.err, true, shown),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                Terminals.asks(env),
                Terminals.of(env, 1),
                Terminals.of(env, 2),
                env,
                Path.of("").toAbsolutePath());
    }
}
