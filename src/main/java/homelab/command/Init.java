package homelab.command;

import homelab.adopt.Candidate;
import homelab.adopt.InventoryText;
import homelab.adopt.Member;
import homelab.adopt.Proposal;
import homelab.facts.K3sState;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.Json;
import homelab.run.Parallel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final int SSH = 22;
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
            List<Member> members = look.members();
            K3sState state = look.server();
            String text = InventoryText.of(
                    cluster,
                    state.version().orElse("unknown"),
                    !state.datastore().equals("sqlite"),
                    !state.images().isEmpty(),
                    way.login(),
                    members);
            new NewFile(file).write(text);
            tell(file, members);
            boolean all = members.stream().allMatch(member -> member.unseen().isEmpty());
            return all ? Exit.DONE : Exit.BLIND;
        }
    }

    /** A network is full of addresses where nobody is; of hosts that were named each must answer. */
    private Exit ofHosts(Path file) {
        Path known = knownHosts == null ? io.home().resolve(".ssh/known_hosts") : knownHosts;
        List<Ip> all = List.copyOf(Addresses.of(hosts, known));
        List<Ip> there = Parallel.allOrFail(Parallel.each(all, ip -> Addresses.answers(ip, SSH))).entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        if (there.isEmpty()) {
            throw new Failure(
                    Exit.BLIND,
                    Problem.of(
                            "no host was found",
                            "on " + all.size() + " address(es) nothing listens on port 22",
                            "see that they are on"));
        }
        Way way = new Way(name(), there.get(0), SSH, user, Optional.ofNullable(key), Optional.ofNullable(knownHosts));
        try (InitLook look = new InitLook(io, way, common.verbose())) {
            InitLook.Candidates seen = look.candidates(there);
            seen.away().forEach((ip, why) -> io.err().println(ip + " was left out: " + why));
            if (seen.found().isEmpty()) {
                throw new Failure(
                        Exit.BLIND,
                        Problem.of(
                                "no host could be looked at",
                                there.size() + " listen(s) on port 22 and let nobody in",
                                "--user, --key or --known-hosts"));
            }
            new NewFile(file).write(Proposal.text(cluster, TRIED, way.login(), seen.found()));
            told(file, seen.found().stream().map(this::told).toList());
            return seen.away().isEmpty() ? Exit.DONE : Exit.BLIND;
        }
    }

    private Map<String, Object> told(Candidate host) {
        return Map.of("name", host.name(), "address", host.address().toString(), "reached", true);
    }

    private void told(Path file, List<Map<String, Object>> nodes) {
        if (common.json()) {
            io.out()
                    .print(Json.document(
                            "init/v1", Map.of("file", file.toString(), "cluster", cluster, "nodes", nodes)));
        } else {
            io.out().println(file + ": cluster " + cluster + ", " + nodes.size() + " host(s)");
        }
        io.err().println("next:    read it, then homelab plan -i " + file);
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

    private void tell(Path file, List<Member> members) {
        if (common.json()) {
            io.out()
                    .print(Json.document(
                            "init/v1", Map.of("file", file.toString(), "cluster", cluster, "nodes", nodes(members))));
        } else {
            io.out().println(summary(file, members));
        }
        members.stream()
                .filter(member -> !member.unseen().isEmpty())
                .forEach(member -> io.err().println(member.name() + " was not reached: " + member.unseen()));
        io.err().println("next:    homelab validate -i " + file + "; homelab plan --adopt -i " + file);
    }

    private static List<Map<String, Object>> nodes(List<Member> members) {
        return members.stream()
                .map(member -> Map.<String, Object>of(
                        "name", member.name(),
                        "address", member.address().toString(),
                        "role", member.server() ? "server" : "agent",
                        "reached", member.unseen().isEmpty()))
                .toList();
    }

    private String summary(Path file, List<Member> members) {
        long servers = members.stream().filter(Member::server).count();
        return file + ": cluster " + cluster + ", " + servers + " server(s), " + (members.size() - servers)
                + " agent(s)";
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
