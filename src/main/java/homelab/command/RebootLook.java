package homelab.command;

import homelab.doctor.host.UpdatesWaiting;
import homelab.drain.Elsewhere;
import homelab.drain.RebootMark;
import homelab.facts.Facts;
import homelab.host.Host;
import homelab.host.Script;
import homelab.kube.KubeApi;
import homelab.kube.ServerAccess;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.RebootGuard;
import homelab.phase.Rebooting;
import homelab.plan.Finding;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.NodeList;
import homelab.resource.NodeView;
import homelab.resource.reboot.LastBoot;
import homelab.resource.reboot.MarkedForReboot;
import homelab.resource.reboot.PodsOfNodeBack;
import homelab.resource.reboot.VolumesWhole;
import homelab.run.Event;
import homelab.run.Look;
import homelab.run.Parallel;
import homelab.storage.Storage;
import homelab.storage.Volume;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was seen of nodes that are to be rebooted.
 *
 * @param leader the server that was asked
 * @param nodes those that are left to do
 * @param all whether all nodes are meant
 * @param told what it said
 * @param elsewhere where the pods of each could go on
 */
record RebootLook(Job job, Node leader, List<Node> nodes, boolean all, Readings told, Map<Node, Elsewhere> elsewhere) {
    /** A run over all that broke off is gone on with: those that it had through are not rebooted again. */
    static RebootLook of(Job job, List<Node> wanted, boolean all) {
        Node leader = job.leader();
        job.events().tell(new Event.Looking("what reboots would cost"));
        Host host = job.workshop().fleet().host(leader.name());
        List<Probe<?>> probes = new ArrayList<>(new VolumesWhole(Set.of()).probes());
        probes.add(NodeList.PROBE);
        wanted.forEach(node -> probes.addAll(own(node).probes()));
        Readings told = Look.orFail(host, probes, Script.As.ROOT);
        List<Node> begun = wanted.stream()
                .filter(node -> mark(told, node).filter(RebootMark::all).isPresent())
                .toList();
        List<Node> nodes = all && !begun.isEmpty() ? begun : wanted;
        try (KubeApi api = ServerAccess.open(host)) {
            return new RebootLook(job, leader, nodes, all, told, elsewhere(api, nodes));
        }
    }

    private static Map<Node, Elsewhere> elsewhere(KubeApi api, List<Node> nodes) {
        String pods = api.raw("/api/v1/pods");
        String all = api.raw("/api/v1/nodes");
        String volumes = api.raw("/api/v1/persistentvolumes");
        Map<Node, Elsewhere> elsewhere = new LinkedHashMap<>();
        nodes.forEach(node -> elsewhere.put(node, Elsewhere.of(node.name().text(), pods, all, volumes)));
        return elsewhere;
    }

    private static PodsOfNodeBack own(Node node) {
        return new PodsOfNodeBack(node.name(), Set.of());
    }

    private static Optional<NodeView> view(Readings told, Node node) {
        return told.of(NodeList.PROBE).known().flatMap(list -> list.node(node.name()));
    }

    private static Optional<RebootMark> mark(Readings told, Node node) {
        return view(told, node).flatMap(MarkedForReboot::on);
    }

    /** Those on which an update waits for a boot, or whose reboot broke off. */
    RebootLook onlyRequired() {
        Map<NodeName, UpdatesWaiting> waiting = Parallel.allOrFail(Parallel.each(
                job.workshop().reached().stream().map(Node::name).toList(),
                name -> UpdatesWaiting.read(
                        Look.at(job.workshop().fleet().host(name), UpdatesWaiting.probes(), Script.As.ROOT))));
        List<Node> required = nodes.stream()
                .filter(node -> mark(told, node).isPresent()
                        || waiting.containsKey(node.name())
                                && !waiting.get(node.name()).why().isEmpty())
                .toList();
        for (Node node : required) {
            Optional.ofNullable(waiting.get(node.name()))
                    .ifPresent(why ->
                            why.why().forEach(line -> job.events().tell(new Event.Note(node.name() + ": " + line))));
        }
        return new RebootLook(job, leader, required, all, told, elsewhere);
    }

    /** Those of which it is true, and those that a run which broke off has left closed. */
    RebootLook begunOr(Predicate<Node> wanted) {
        List<Node> left = nodes.stream()
                .filter(node -> mark(told, node).isPresent() || wanted.test(node))
                .toList();
        Map<Node, Elsewhere> theirs = new LinkedHashMap<>(elsewhere);
        theirs.keySet().retainAll(left);
        return new RebootLook(job, leader, left, all, told, theirs);
    }

    /** The same node as one that has not been booted since there is something to do, whatever an earlier run did to it. */
    Rebooting fromHere(Rebooting one) {
        RebootMark mark = new RebootMark(
                bootId(one.node()), one.mark().since(), one.mark().closed(), all);
        return new Rebooting(one.node(), mark, one.drained(), false, one.sick());
    }

    private String bootId(Node node) {
        return Optional.ofNullable(job.workshop().site().facts().get(node.name()))
                .map(Facts::bootId)
                .flatMap(reading -> reading.known())
                .orElse("");
    }

    List<Rebooting> rebooting(boolean drain) {
        String now = job.time().now().truncatedTo(ChronoUnit.SECONDS).toString();
        return nodes.stream().map(node -> rebooting(node, now, drain)).toList();
    }

    private Rebooting rebooting(Node node, String now, boolean drain) {
        String boot = bootId(node);
        Optional<RebootMark> begun = mark(told, node);
        boolean closed = view(told, node).filter(NodeView::closed).isPresent();
        RebootMark mark = begun.orElseGet(() -> new RebootMark(boot, now, closed, all));
        boolean booted = begun.filter(old -> !old.bootId().equals(boot)).isPresent();
        boolean moves = !Objects.requireNonNull(elsewhere.get(node)).nobodyMoves();
        return new Rebooting(node, mark, drain && moves, booted, own(node).sick(told));
    }

    /** Says what a run that broke off has left to do. */
    void goesOn(List<Rebooting> all) {
        for (Rebooting one : all) {
            mark(told, one.node())
                    .ifPresent(mark -> job.events()
                            .tell(new Event.Note(one.node().name() + ": the reboot that began at " + mark.since()
                                    + (one.booted()
                                            ? " broke off after the boot; it is only put back into service"
                                            : " broke off before the boot, and is gone on with"))));
        }
    }

    private Storage storage() {
        return VolumesWhole.storage(told).known().orElse(new Storage(List.of(), List.of()));
    }

    /** Titles of volumes that have too few copies already. */
    Set<String> ill() {
        return storage().volumes().stream()
                .filter(Volume::ill)
                .map(Volume::title)
                .collect(Collectors.toSet());
    }

    List<Finding> findings(boolean drain) {
        Map<Node, Integer> minutes = new LinkedHashMap<>();
        nodes.stream()
                .filter(node -> node.isServer() && job.workshop().site().reached(node))
                .forEach(node -> minutes.put(node, LastBoot.minutes(lastBoot(node))));
        return new RebootGuard(job.workshop().site(), nodes, storage()).findings(told, elsewhere, minutes, drain);
    }

    private Optional<Duration> lastBoot(Node node) {
        return Look.at(job.workshop().fleet().host(node.name()), List.of(LastBoot.probe()), Script.As.USER)
                .of(LastBoot.probe())
                .known()
                .flatMap(took -> took);
    }
}
