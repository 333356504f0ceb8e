package homelab.command;

import homelab.host.Script;
import homelab.model.Access;
import homelab.model.Node;
import homelab.phase.OfflinePhase;
import homelab.probe.Reading;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.recovery.Ground;
import homelab.recovery.NodePod;
import homelab.recovery.Offline;
import homelab.report.SandboxesSeen;
import homelab.run.Event;
import homelab.run.Look;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Class D: of the one node whose containerd cannot start, what it keeps is moved aside. */
final class RecoverOffline {
    private final Job job;
    private final Set<String> rerun;

    RecoverOffline(Job job, Set<String> rerun) {
        this.job = job;
        this.rerun = rerun;
    }

    /**
     * What is to be done on which node; nothing where every containerd starts.
     *
     * @throws Failure with exit REFUSED when it is to be done on several at once
     */
    Optional<OfflinePhase> phase(List<SandboxesSeen> seen) {
        List<Node> fatal = job.cluster().nodes().stream()
                .filter(node -> seen.stream().anyMatch(one -> one.node().equals(node.name()) && one.isFatal()))
                .sorted(java.util.Comparator.comparing(Node::role))
                .toList();
        if (fatal.size() > 1) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            "not offline on " + fatal.size() + " nodes at once",
                            "what "
                                    + String.join(
                                            " and ",
                                            fatal.stream()
                                                    .map(node -> node.name().text())
                                                    .toList())
                                    + " keep goes with it; one that runs tells what the next may lose",
                            "homelab recover-sandboxes --offline --node "
                                    + fatal.get(0).name()));
        }
        return fatal.stream().findFirst().map(this::phase);
    }

    private OfflinePhase phase(Node node) {
        String name = node.name().text();
        Offline offline = new Offline(
                name,
                pods().map(all ->
                        all.stream().filter(pod -> pod.node().equals(name)).toList()),
                rerun,
                inside());
        Look.at(job.workshop().fleet().host(node.name()), List.of(Ground.PROBE), Script.As.ROOT)
                .of(Ground.PROBE)
                .known()
                .ifPresent(ground -> offline.warnings(ground)
                        .forEach(warning -> job.events().tell(new Event.Note(name + ": " + warning))));
        return new OfflinePhase(node, offline);
    }

    /** As a server that answers tells them. */
    private Optional<List<NodePod>> pods() {
        return job.workshop()
                .site()
                .leader()
                .map(leader -> Look.at(
                                job.workshop().fleet().host(leader.name()), List.of(NodePod.PROBE), Script.As.ROOT)
                        .of(NodePod.PROBE))
                .flatMap(Reading::known);
    }

    private Set<String> inside() {
        Set<String> inside = new HashSet<>();
        job.cluster().nodes().forEach(node -> {
            inside.add(node.name().text());
            inside.add(node.ip().toString());
            if (node.access() instanceof Access.Ssh ssh) {
                inside.add(ssh.address().toString());
            }
        });
        return inside;
    }
}
