package homelab.command;

import homelab.host.Output;
import homelab.host.Script;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.phase.TokenPhases;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.Json;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;

/** {@code homelab token}: what lets nodes into the cluster, shown and changed. */
@CommandLine.Command(
        name = "token",
        description = {
            "The token lets nodes into the cluster, and the keys in its memory are sealed with it.",
            "rotate has k3s make a new one and brings it to all nodes: the files, and k3s started again on one after",
            "another. Snapshots of before keep the token of their time beside them. A run that was cut off is gone on with."
        },
        footer = {
            "",
            "Examples:",
            "  homelab token show -i inventory/two-pis.yaml",
            "  homelab token rotate --dry-run",
            "  homelab token rotate --yes",
            "  homelab token show --reveal | wl-copy  # where no terminal would show it"
        })
final class TokenCommand implements Command {
    /** What is done. */
    enum Deed {
        show,
        rotate
    }

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(index = "0", paramLabel = "DEED", hideParamSyntax = true, description = "show or rotate.")
    private Deed deed = Deed.show;

    @CommandLine.Option(
            names = "--reveal",
            description = "With show: also into a file or a pipe. Else only on a terminal.")
    private boolean reveal;

    @CommandLine.Mixin
    private final Changing changing = new Changing();

    private final Io io;

    TokenCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        new Discord()
                .when(deed == Deed.show && changing.asked(), "show changes nothing", "homelab token show")
                .when(deed == Deed.rotate && reveal, "rotate shows no token", "homelab token rotate, then token show")
                .refuse();
        return deed == Deed.show ? show() : rotate();
    }

    private Exit show() {
        if (!reveal && io.outTerminal().piped()) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            "the token is not shown",
                            "standard output is no terminal, and whoever has it has the whole cluster",
                            "homelab token show --reveal"));
        }
        try (Job job = Job.withoutReleases(io, common, "token", Cluster::servers)) {
            Node server = of(job);
            String token = read(job, server);
            job.quiet();
            io.out().print(common.json() ? Json.document("token/v1", Map.of("token", token)) : token + "\n");
            return Exit.DONE;
        }
    }

    /** A change that is under way has one server ahead of the others. */
    private static Node of(Job job) {
        job.workshop().site();
        return job.workshop()
                .changing()
                .flatMap(changing -> job.cluster().node(changing.server()))
                .orElseGet(job::leader);
    }

    private static String read(Job job, Node server) {
        Output found = job.workshop()
                .fleet()
                .host(server.name())
                .run(Script.root("read the token", "cat /var/lib/rancher/k3s/server/token", Duration.ofSeconds(30)));
        if (!found.ok() || found.text().isBlank()) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(
                            server.name() + ": the token cannot be read",
                            found.errors().strip(),
                            ""));
        }
        return found.text().strip();
    }

    private Exit rotate() {
        try (Job job = Job.withoutReleases(io, common, "token", Cluster::nodes)) {
            new TokenGuard(job).refuse();
            String next = "homelab snapshot save -i " + job.inventory() + ", since older ones need the token of before";
            return changing.of(
                    io, job, common.json(), "token", next, phases(job).rotate());
        }
    }

    private TokenPhases phases(Job job) {
        Node server = of(job);
        String before = job.workshop()
                .changing()
                .map(Sights.TokenChange::before)
                .orElseGet(() -> new TokenGuard(job).sum(server));
        return new TokenPhases(job.cluster(), server, before);
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
