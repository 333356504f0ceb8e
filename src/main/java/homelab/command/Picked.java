package homelab.command;

import homelab.doctor.Check;
import homelab.doctor.Checks;
import homelab.doctor.Checkup;
import homelab.doctor.Page;
import homelab.doctor.Snapshot;
import homelab.model.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which checks are meant, and of which nodes. */
final class Picked {

    @Option(names = "--group", split = ",", paramLabel = "GROUP", description = "Only these groups: HOST,NET,ETCD ...")
    private List<String> groups = new ArrayList<>();

    @Option(names = "--only", split = ",", paramLabel = "ID", description = "Only these checks.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--skip", split = ",", paramLabel = "ID", description = "Not these checks.")
    private List<String> skip = new ArrayList<>();

    @Option(names = "--node", split = ",", paramLabel = "NODE", description = "Only what is found on these nodes.")
    private List<String> nodes = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Ago.class,
            description = "Of what logs tell only what happened within this time: 30m, 2h, 3d.")
    private @Nullable Duration since;

    /** @throws homelab.problem.Failure with exit USAGE for names that nothing has */
    List<Check> of(List<Check> all) {
        List<String> ids = all.stream().map(Check::id).toList();
        Near.refuseUnknown(upper(groups), Checks.groups(), "there is no group", "homelab doctor list");
        Near.refuseUnknown(upper(only), ids, "there is no check", "homelab doctor list");
        Near.refuseUnknown(upper(skip), ids, "there is no check", "homelab doctor list");
        return all.stream()
                .filter(check -> groups.isEmpty() || upper(groups).contains(Page.group(check.id())))
                .filter(check -> only.isEmpty() || upper(only).contains(check.id()))
                .filter(check -> !upper(skip).contains(check.id()))
                .toList();
    }

    void refuseUnknownNodes(Cluster cluster) {
        List<String> known =
                cluster.nodes().stream().map(node -> node.name().text()).toList();
        Near.refuseUnknown(nodes, known, "there is no node", "homelab validate");
    }

    /** What these checks say of a snapshot, without what concerns other nodes. */
    Checkup judged(Cluster cluster, Snapshot snapshot, List<Check> checks) {
        Checkup checkup = Checkup.of(cluster, snapshot, checks, Optional.ofNullable(since));
        return nodes.isEmpty()
                ? checkup
                : checkup.with(findings -> findings.stream()
                        .filter(finding -> nodes.contains(finding.subject()))
                        .toList());
    }

    private static List<String> upper(List<String> words) {
        return words.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
    }
}
