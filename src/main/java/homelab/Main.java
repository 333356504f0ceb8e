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

    private static String level(String[] args) {
        for (String arg : args) {
            if (arg.equals("-v") || arg.equals("--verbose")) {
                return "info";
            }
        }
        return "off";
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
