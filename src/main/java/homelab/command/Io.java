package homelab.command;

import homelab.report.Terminal;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The world as a command sees it; tests give their own.
 *
 * @param out where results go
 * @param err where progress, questions and problems go
 * @param in where answers come from
 * @param asks whether somebody is there to answer
 * @param outTerminal what {@code out} can show
 * @param errTerminal what {@code err} can show
 * @param folder against which relative paths are taken
 */
public record Io(
        PrintStream out,
        PrintStream err,
        BufferedReader in,
        boolean asks,
        Terminal outTerminal,
        Terminal errTerminal,
        Map<String, String> env,
        Path folder) {

    public Io {
        env = Map.copyOf(env);
    }

    public Optional<String> env(String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank());
    }

    /** The user's home; the folder itself where there is none. */
    public Path home() {
        return env("HOME").map(Path::of).orElse(folder);
    }

    /** A folder of the XDG base directory specification, e.g. XDG_STATE_HOME with ".local/state". */
    public Path xdg(String variable, String usual) {
        return env(variable)
                .map(Path::of)
                .orElseGet(() -> home().resolve(usual))
                .resolve("homelab");
    }
}
