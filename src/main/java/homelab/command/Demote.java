package homelab.command;

import homelab.model.Role;
import homelab.problem.Exit;
import picocli.CommandLine;

/** {@code homelab demote NAME...}: servers become agents. */
@CommandLine.Command(
        name = "demote",
        description = {
            "Makes servers agents, one after another: each is emptied as budgets allow, taken out of etcd and the cluster, and joins",
            "it again as an agent. Its host stays prepared; data that lies on it alone is refused, and so is what would cost etcd",
            "its quorum, or leave an even number of servers, or none. Ends with the roles written into the inventory."
        },
        footer = {
            "",
            "Examples:",
            "  homelab demote friday vision -i inventory/ha-mixed.yaml --dry-run",
            "  homelab demote friday vision         # from three servers to one",
            "  homelab demote friday vision --yes   # again, when a run broke off: it goes on"
        })
final class Demote implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Mixin
    private final RoleWords words = new RoleWords();

    private final Io io;

    Demote(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        return new RoleChange(io, common, "demote", Role.AGENT, words).carriedOut();
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
