package homelab.command;

import homelab.backup.Copied;
import homelab.backup.Coverage;
import homelab.backup.Covered;
import homelab.backup.Drilled;
import homelab.backup.OldClaim;
import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.inventory.SecretReader;
import homelab.kube.KubeApi;
import homelab.kube.ServerAccess;
import homelab.model.Backup;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.BackupPhases;
import homelab.phase.BackupSettings;
import homelab.phase.Phase;
import homelab.problem.Exit;
import homelab.resource.Deed;
import homelab.resource.Sh;
import homelab.resource.backup.BackupPaths;
import homelab.resource.backup.LaidCopy;
import homelab.resource.backup.NewClaim;
import homelab.resource.backup.ResumedWorkloads;
import homelab.run.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What {@code homelab backup} does, once the hosts are connected. */
record BackupDeeds(Io io, Job job, Backup backup) {

    /** However it ends, what was paused for it runs again. */
    Exit run(List<Node> nodes, Function<List<Phase>, Exit> carry) {
        Optional<NodeName> leader = job.workshop().site().leader().map(Node::name);
        Map<NodeName, List<String>> paused = leader.isPresent() ? paused(nodes) : Map.of();
        if (leader.isEmpty() && !backup.volumes().isEmpty()) {
            job.events().tell(new Event.Note("no API answers: nothing is paused, volumes are copied as found"));
        }
        BackupPhases phases = new BackupPhases(
                job.cluster(), backup, nodes, SecretReader.read(backup.password()), new BackupLook(job, backup)::seen);
        String run = "run-" + job.time().now().toEpochMilli();
        try {
            return carry.apply(phases.run(run, leader, paused));
        } finally {
            if (!paused.isEmpty()) {
                resume(leader.orElseThrow());
            }
        }
    }

    private Map<NodeName, List<String>> paused(List<Node> nodes) {
        Coverage coverage = new BackupLook(job, backup).coverage();
        return coverage.covered().stream()
                .filter(one -> one.how() == Covered.How.PAUSED)
                .filter(one -> nodes.stream().anyMatch(node -> node.name().equals(one.node())))
                .collect(Collectors.groupingBy(Covered::node, Collectors.mapping(Covered::name, Collectors.toList())));
    }

    private void resume(NodeName leader) {
        Deed.Shell resume = ResumedWorkloads.RESUME;
        Output output = job.workshop()
                .fleet()
                .host(leader)
                .run(Script.root("start what was paused", resume.script(), resume.limit()));
        if (!output.ok()) {
            io.err()
                    .println("what was paused could not be started again; homelab backup run does it: "
                            + output.errors().strip());
        }
    }

    Drilled drill(Copied copy) {
        job.events().tell(new Event.Looking("copy " + copy.id() + " as it is brought back"));
        Host host = job.workshop().fleet().host(copy.node());
        String words = Sh.quote(List.of(copy.id(), copy.path()));
        Output output = host.run(
                Script.root("bring back a copy", BackupPaths.PROGRAM + " drill " + words, Duration.ofHours(12)));
        return Drilled.of(copy, output.ok(), output.text(), output.errors());
    }

    List<Phase> restore(Copied copy, BackupWords words) {
        Node leader = job.leader();
        OldClaim old = old(leader, copy);
        NewClaim claim = new NewClaim(
                words.namespace(),
                words.claim(),
                old.storageClass(),
                words.size().orElse(old.size()),
                copy.node(),
                copy.id());
        String name = words.namespace() + "/" + words.claim();
        return BackupPhases.restore(
                leader.name(), claim, new LaidCopy(copy, name, BackupSettings.storage(job.cluster())));
    }

    private OldClaim old(Node leader, Copied copy) {
        try (KubeApi api = ServerAccess.open(job.workshop().fleet().host(leader.name()))) {
            return OldClaim.of(api.raw("/api/v1/persistentvolumeclaims"), copy.name());
        }
    }
}
