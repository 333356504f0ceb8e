package homelab.command;

import homelab.backup.Copied;
import homelab.backup.Coverage;
import homelab.backup.Last;
import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.kube.KubeApi;
import homelab.kube.ServerAccess;
import homelab.model.Backup;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.BackupSeen;
import homelab.phase.BackupSettings;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.backup.BackupPaths;
import homelab.resource.backup.NodeKey;
import homelab.run.Look;
import homelab.run.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What nodes and the API say of copies of data. */
record BackupLook(Job job, Backup backup) {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Probe<String> LAST =
            Probe.text("backup:last", "cat " + BackupPaths.STATE + "/last 2>/dev/null || :");
    private static final Probe<String> HOST_KEYS =
            Probe.text("backup:host-keys", "cat /etc/ssh/ssh_host_*_key.pub 2>/dev/null || :");
    private static final Probe<String> AUTHORIZED =
            Probe.text("backup:authorized", "cat " + BackupPaths.HOME + "/.ssh/authorized_keys 2>/dev/null || :");

    Coverage coverage() {
        Map<NodeName, List<Last>> last = new LinkedHashMap<>();
        on(reached(), node -> ask(node, LAST)).forEach((node, text) -> last.put(node.name(), Last.parse(text)));
        List<NodeName> nodes = job.cluster().nodes().stream().map(Node::name).toList();
        return Coverage.of(backup, nodes, BackupSettings.storage(job.cluster()), told(), last);
    }

    /** Folders of hosts are copied before there is a cluster, too. */
    private Coverage.Told told() {
        if (backup.volumes().isEmpty()) {
            return Coverage.Told.NOTHING;
        }
        try (KubeApi api =
                ServerAccess.open(job.workshop().fleet().host(job.leader().name()))) {
            return new Coverage.Told(
                    api.raw("/api/v1/persistentvolumes"),
                    api.raw("/api/v1/persistentvolumeclaims"),
                    api.raw("/api/v1/pods"));
        }
    }

    /** The newest first. */
    List<Copied> copies(List<Node> nodes) {
        List<Copied> all = new ArrayList<>();
        on(nodes, this::copiesOf).values().forEach(all::addAll);
        all.sort(Comparator.comparing(Copied::at).reversed());
        return all;
    }

    private List<Copied> copiesOf(Node node) {
        Host host = job.workshop().fleet().host(node.name());
        Output output = host.run(Script.root("list copies", BackupPaths.PROGRAM + " list", LIMIT));
        if (!output.ok()) {
            throw new Failure(
                    Exit.BLIND,
                    Problem.of(
                            node.name() + ": its copies could not be looked at",
                            output.errors().strip(),
                            "homelab backup run, if it never copied; else is the node of backup.to there?"));
        }
        return Copied.parse(node.name(), output.text());
    }

    /** What nodes have to be told of each other. */
    BackupSeen seen() {
        Map<NodeName, String> keys = new LinkedHashMap<>();
        Map<NodeName, List<String>> hostKeys = new LinkedHashMap<>();
        Map<NodeName, List<String>> authorized = new LinkedHashMap<>();
        Probe<String> key = NodeKey.publicHalf();
        on(reached(), node -> Look.orFail(host(node), List.of(key, HOST_KEYS, AUTHORIZED), Script.As.ROOT))
                .forEach((node, readings) -> {
                    String half = text(readings, key);
                    if (!half.isBlank()) {
                        keys.put(node.name(), half.strip());
                    }
                    hostKeys.put(
                            node.name(),
                            text(readings, HOST_KEYS)
                                    .lines()
                                    .map(BackupLook::bare)
                                    .toList());
                    authorized.put(
                            node.name(), text(readings, AUTHORIZED).lines().toList());
                });
        return new BackupSeen(keys, hostKeys, authorized);
    }

    private static String text(Readings readings, Probe<String> probe) {
        return readings.of(probe).known().orElse("");
    }

    /** Without the comment. */
    private static String bare(String line) {
        String[] words = line.split(" ");
        return words.length > 1 ? words[0] + " " + words[1] : line;
    }

    private String ask(Node node, Probe<String> probe) {
        return text(Look.orFail(host(node), List.of(probe), Script.As.ROOT), probe);
    }

    private Host host(Node node) {
        return job.workshop().fleet().host(node.name());
    }

    private List<Node> reached() {
        return job.cluster().nodes().stream()
                .filter(node -> job.workshop().fleet().hosts().containsKey(node.name()))
                .toList();
    }

    private static <T> Map<Node, T> on(List<Node> nodes, Function<Node, T> work) {
        return Parallel.allOrFail(Parallel.each(nodes, work));
    }
}
