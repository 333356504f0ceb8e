package homelab.command;

import homelab.adopt.InventoryText;
import homelab.adopt.Member;
import homelab.facts.K3sState;
import homelab.model.Cluster;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code homelab init --from HOST}: an inventory of a cluster that is there already. */
@CommandLine.Command(
        name = "init",
        description = {
            "Writes the inventory of a cluster that others made, after what its hosts say: the server that is named and",
            "every node that it names. Touches no host, and no file that is there already."
        },
        footer = {
            "",
            "Examples:",
            "  homelab init --from 10.0.1.10 -i inventory/mine.yaml",
            "  homelab init --from pi@10.0.1.10:2222 --key ~/.ssh/pi --cluster attic -i inventory/attic.yaml"
        })
final class Init implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Option(
            names = "--from",
            required = true,
            paramLabel = "HOST",
            description = "A server of the cluster: [USER@]ADDRESS[:PORT], the user pi without a word.")
    private String from = "";

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
        refuseExisting(file);
        Way way = Way.parse(from, Optional.ofNullable(key), Optional.ofNullable(knownHosts), name());
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
            write(file, text);
            tell(file, members);
            boolean all = members.stream().allMatch(member -> member.unseen().isEmpty());
            return all ? Exit.DONE : Exit.BLIND;
        }
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

    private static void refuseExisting(Path file) {
        if (Files.exists(file)) {
            throw there(file);
        }
    }

    private static Failure there(Path file) {
        return new Failure(
                Exit.REFUSED,
                Problem.of("nothing was written", file + " is there already", "name another file with -i"));
    }

    private static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw there(file);
        } catch (IOException e) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of("the inventory could not be written", String.valueOf(e), "name another file"),
                    e);
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
