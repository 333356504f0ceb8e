package homelab.command;

import homelab.adopt.InventoryText;
import homelab.adopt.Member;
import homelab.adopt.Proposal;
import homelab.facts.K3sState;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code homelab init}: an inventory of a cluster that is there already, or of hosts that have none. */
@CommandLine.Command(
        name = "init",
        description = {
            "Writes an inventory after what hosts say: with --from that of a cluster that others made, the server that is",
            "named and every node that it names; with --hosts one of hosts without a cluster, with roles proposed and why.",
            "On a terminal it asks for what no option says. Touches no host, and no file that is there already."
        },
        footer = {
            "",
            "Examples:",
            "  homelab init -i inventory/mine.yaml                                # asks",
            "  homelab init --from 10.0.1.10 -i inventory/mine.yaml",
            "  homelab init --hosts 10.0.1.10,10.0.1.11 -i inventory/mine.yaml    # or 10.0.1.0/24, or known_hosts",
            "  homelab init --from pi@10.0.1.10:2222 --key ~/.ssh/pi --cluster attic -i inventory/attic.yaml"
        })
final class Init implements Command {
    /** The release that the program is tried with. */
    private static final String TRIED = "v1.33.4+k3s1";

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Option(
            names = "--from",
            paramLabel = "HOST",
            description = "A server of the cluster: [USER@]ADDRESS[:PORT], the user pi without a word.")
    private @Nullable String from;

    @CommandLine.Option(
            names = "--hosts",
            split = ",",
            paramLabel = "ADDRESS",
            description = "Hosts without a cluster: addresses, networks, or known_hosts for those that stand there.")
    private List<String> hosts = new ArrayList<>();

    @CommandLine.Option(names = "--user", paramLabel = "USER", description = "The login on --hosts; else pi.")
    private String user = "pi";

    @CommandLine.Option(names = "--key", paramLabel = "KEY", description = "The private key; else the usual ones.")
    private @Nullable Path key;

    @CommandLine.Option(
            names = "--known-hosts",
            paramLabel = "KNOWN",
            description = "The known_hosts file; else the user's own.")
    private @Nullable Path knownHosts;

    @CommandLine.Option(names = "--cluster", paramLabel = "CLUSTER", description = "Its name; else home.")
    private String cluster = "home";

    private final Io io;

    Init(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        Path file = common.inventory(io);
        new NewFile(file).refuseExisting();
        if (from == null && hosts.isEmpty() && io.asks()) {
            asked();
        }
        if (from == null == hosts.isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "either --from or --hosts is needed",
                            from == null ? "neither is there" : "both are there",
                            "--from 10.0.1.10 where a cluster is already, --hosts 10.0.1.10,10.0.1.11 where none is"));
        }
        return from == null ? ofHosts(file) : ofCluster(file, from);
    }

    private void asked() {
        InitQuestions.Answers answers = new InitQuestions(io).ask(user, cluster);
        from = answers.from().isEmpty() ? null : answers.from();
        hosts = answers.hosts();
        user = answers.user();
        cluster = answers.cluster();
    }

    private Exit ofCluster(Path file, String server) {
        Way way = Way.parse(server, Optional.ofNullable(key), Optional.ofNullable(knownHosts), name());
        try (InitLook look = new InitLook(io, way, common.verbose())) {
            InitCluster there = new InitCluster(look);
            List<Member> members = there.members();
            K3sState state = there.server();
            String text = InventoryText.of(
                    cluster,
                    state.version().orElse("unknown"),
                    !state.datastore().equals("sqlite"),
                    !state.images().isEmpty(),
                    there.outside() + way.login(),
                    members);
            new NewFile(file).write(text);
            told(file).members(members);
            boolean all = members.stream().allMatch(member -> member.unseen().isEmpty());
            return all ? Exit.DONE : Exit.BLIND;
        }
    }

    /** A network is full of addresses where nobody is; of hosts that were named each must answer. */
    private Exit ofHosts(Path file) {
        Path known = knownHosts == null ? io.home().resolve(".ssh/known_hosts") : knownHosts;
        List<Ip> there = InitHosts.listening(List.copyOf(Addresses.of(hosts, known)));
        Way way =
                new Way(name(), there.get(0), Way.SSH, user, Optional.ofNullable(key), Optional.ofNullable(knownHosts));
        try (InitLook look = new InitLook(io, way, common.verbose())) {
            InitHosts.Seen seen = new InitHosts(look).seen(there);
            seen.away().forEach((ip, why) -> io.err().println(ip + " was left out: " + why));
            seen.refuseNone();
            new NewFile(file).write(Proposal.text(cluster, TRIED, way.login(), seen.found()));
            told(file).candidates(seen.found());
            return seen.away().isEmpty() ? Exit.DONE : Exit.BLIND;
        }
    }

    private InitTold told(Path file) {
        return new InitTold(io, common.json(), file, cluster);
    }

    private String name() {
        try {
            return Cluster.requireName(cluster);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of("no cluster can have this name", String.valueOf(e.getMessage()), "--cluster home"));
        }
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
