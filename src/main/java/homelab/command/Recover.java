package homelab.command;

import homelab.gate.Gate;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code homelab recover}: a cold boot, gate by gate, with what is safe mended on the way. */
@CommandLine.Command(
        name = "recover",
        description = {
            "After a power cut: looks at twelve gates in their order, from hosts to Argo CD, waits at the first that does not",
            "pass, and mends on the way what is safe to mend, after showing it. What a person must decide it asks, and what",
            "nobody should do by a program it only tells. Ends when all pass, or when waiting does not help any more.",
            "It keeps nothing: run again, it looks again and goes on."
        },
        footer = {
            "",
            "Examples:",
            "  homelab recover -i inventory/two-pis.yaml",
            "  homelab recover --dry-run            # one look: how each gate stands, and what would be mended",
            "  homelab recover --watch --yes        # go on until all gates pass, however long it takes",
            "  homelab recover --gate 3             # only until all nodes are Ready",
            "",
            "Where nobody can be asked it only looks, unless --yes is given.",
            "Ends with 1 when a gate does not pass, with 4 when that gate could not be looked at."
        })
final class Recover implements Command {

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Option(
            names = "--watch",
            description = "Give no gate up: look again every few seconds until all pass, or Ctrl-C.")
    private boolean watch;

    @CommandLine.Option(
            names = "--gate",
            paramLabel = "N",
            description = "Only up to this gate: look, wait and mend no further. 0 to 11.")
    private @Nullable Integer last;

    @CommandLine.Option(
            names = "--dry-run",
            description = "Mend nothing; without --watch look once and wait for nothing.")
    private boolean dryRun;

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "Do not ask before what is safe. Never covers what a person must decide.")
    private boolean yes;

    private final Io io;

    Recover(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        boolean dry = dryRun || !(yes || io.asks());
        return new RecoverRun(io, common, new RecoverRun.Wishes(gate(), watch, dry, yes)).run();
    }

    private Gate gate() {
        int number = Optional.ofNullable(last).orElse(Gate.values().length - 1);
        return Gate.of(number)
                .orElseThrow(() -> new Failure(
                        Exit.USAGE,
                        Problem.of(
                                "there is no gate " + number,
                                "gates go from 0 (hosts) to " + (Gate.values().length - 1) + " (Argo CD)",
                                "docs/reference/gates.md tells of each")));
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
