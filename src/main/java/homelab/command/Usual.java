package homelab.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every verb takes besides the form of its results. */
class Usual {

    @Option(
            names = {"-i", "--inventory"},
            paramLabel = "FILE",
            description = "The inventory; else $$HOMELAB_INVENTORY, else inventory.yaml here.")
    private @Nullable Path inventory;

    @Option(
            names = {"-v", "--verbose"},
            description =
                    "Show what is asked of each host, and traces of unexpected errors; -vv what libraries log too.")
    private boolean[] verbose = {};

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    /** As it was written where that leads to it, since it is shown in messages and in what to type next. */
    Path inventory(Io io) {
        Path named = inventory == null
                ? io.env("HOMELAB_INVENTORY").map(Path::of).orElse(Path.of("inventory.yaml"))
                : inventory;
        boolean here = io.folder().equals(Path.of("").toAbsolutePath());
        return here ? named : io.folder().resolve(named);
    }

    boolean verbose() {
        return verbose.length > 0;
    }
}
