package homelab.command;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which snapshot is meant, on which server, of which cluster, as it is typed. */
final class SnapshotWords {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** k3s makes an object of the API of it, and puts the node and the second behind it. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][-a-z0-9.]{0,59}");

    @Option(
            names = "--node",
            paramLabel = "NODE",
            description =
                    "With save and push: on this server. Else the one that answers. With drill: on this node, else where it lies.")
    private Optional<String> node = Optional.empty();

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "With delete and restore: the cluster's name, instead of typing it when asked.")
    private Optional<String> named = Optional.empty();

    @Option(
            names = "--every",
            paramLabel = "SPAN",
            description =
                    "With drill: a timer on the server does it; daily, weekly or monthly, and never takes the timer away.")
    private Optional<Every> every = Optional.empty();

    /** How often a timer drills. */
    enum Every {
        daily,
        weekly,
        monthly,
        never
    }

    /** @throws Failure with exit USAGE when none is named */
    static String wanted(Optional<String> snapshot, String deed, String what) {
        return snapshot.orElseThrow(() -> new Failure(
                Exit.USAGE,
                Problem.of(
                        "which snapshot is meant is not said",
                        "",
                        "homelab snapshot " + deed + " " + what + "; homelab snapshot list tells the names")));
    }

    /** For one that is yet to be taken: as it is typed, or the time. @throws Failure with exit USAGE */
    static String fresh(Optional<String> snapshot, Instant now) {
        String name = snapshot.orElseGet(() -> "homelab-" + SECOND.format(now));
        if (!NAME.matcher(name).matches()) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "'" + name + "' is no name for a snapshot",
                            "one is small letters, digits, '-' and '.', at most 60 of them, a letter or digit first",
                            "homelab snapshot save before-upgrade"));
        }
        return name;
    }

    /**
     * @param anywhere whether an agent may be named too
     * @throws Failure with exit USAGE when the inventory is of another cluster, or has no such node
     */
    void refuseUnknown(Cluster cluster, boolean anywhere) {
        List<Node> among = anywhere ? cluster.nodes() : cluster.servers();
        Near.refuseUnknown(
                node.stream().toList(),
                among.stream().map(one -> one.name().text()).toList(),
                anywhere ? "the inventory has no node" : "the inventory has no server",
                "homelab validate");
        Near.refuseUnknown(
                named.stream().toList(),
                List.of(cluster.name()),
                "the inventory is not of a cluster",
                "name it, or another inventory with -i");
    }

    Optional<Node> node(Cluster cluster) {
        return cluster.nodes().stream()
                .filter(one -> node.filter(one.name().text()::equals).isPresent())
                .findFirst();
    }

    Optional<Every> every() {
        return every;
    }

    Consent consent(Cluster cluster) {
        return Consent.named(cluster.name(), named);
    }
}
