package homelab.command;

import homelab.model.NodeName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Which nodes change their role, and on which terms they leave for it, as it is typed. */
final class RoleWords {
    @CommandLine.Parameters(paramLabel = "NAME", arity = "1..*", description = "Nodes of the inventory.")
    private List<String> names = List.of();

    @CommandLine.Mixin
    private final LeavingWords leaving = new LeavingWords();

    @CommandLine.Option(names = "--dry-run", description = "Show the plan and do nothing.")
    private boolean dryRun;

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "Do not ask. Never covers the loss of data.")
    private boolean yes;

    List<String> typed() {
        return names;
    }

    /** In the order in which they were typed. */
    Set<NodeName> names() {
        return names.stream().map(NodeName::new).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    LeavingWords leaving() {
        return leaving;
    }

    boolean dryRun() {
        return dryRun;
    }

    boolean yes() {
        return yes;
    }
}
