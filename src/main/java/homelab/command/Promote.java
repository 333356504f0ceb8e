package homelab.command;

import homelab.model.Role;
import homelab.problem.Exit;
import picocli.CommandLine;

/** {@code homelab promote NAME...}: agents become servers. */
@CommandLine.Command(
        name = "promote",
        description = {
            "Makes agents servers, one after another: each is emptied as budgets allow, leaves the cluster, and joins it again as a",
            "server once etcd counts the one before in. Its host stays prepared; data that lies on it alone is refused. Ends with",
            "the roles written into the inventory. The number of servers that results is odd, or it is refused.",
            "With --to-etcd the one server of a cluster on SQLite moves its data to etcd, which several servers need: a copy is",
            "kept before, and all that was in the cluster is looked for after."
        },
        footer = {
            "",
            "Examples:",
            "  homelab promote friday vision -i inventory/pis.yaml --dry-run",
            "  homelab promote friday vision        # from one server to three",
            "  homelab promote friday vision --yes  # again, when a run broke off: it goes on",
            "  homelab promote jarvis --to-etcd     # its data from SQLite to etcd, before others can be servers"
        })
final class Promote implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Mixin
    private final RoleWords words = new RoleWords();

    @CommandLine.Option(
            names = "--to-etcd",
            description = "Move the data of this one server from SQLite to etcd; nobody changes roles.")
    private boolean toEtcd;

    private final Io io;

    Promote(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        return toEtcd
                ? new EtcdMove(io, common, words).carriedOut()
                : new RoleChange(io, common, "promote", Role.SERVER, words).carriedOut();
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
