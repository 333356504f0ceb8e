package homelab.phase;

import homelab.drain.Terms;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Drained;
import homelab.resource.EtcdMember;
import homelab.resource.HeardAnew;
import homelab.resource.K3sApi;
import homelab.resource.NodeCondition;
import homelab.resource.Resource;
import homelab.resource.SystemdUnit;
import homelab.resource.reboot.InHours;
import homelab.resource.reboot.MarkedForReboot;
import homelab.resource.reboot.OthersUp;
import homelab.resource.reboot.PodsOfNodeBack;
import homelab.resource.reboot.Rebooted;
import homelab.resource.reboot.Uncordoned;
import homelab.resource.reboot.VolumesWhole;
import homelab.resource.snapshot.SavedSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nodes are rebooted in the order that a cluster bears best: agents first, a few at once if the user wants, then servers one
 * by one, and last the one that all is asked through. Each is emptied before, and is in service again, with the volumes whole,
 * before the next is begun.
 *
 * @param site as it is seen
 * @param limit how long a node's pods may take to leave
 * @param atOnce how many agents may be away together
 * @param hours when a node may be begun
 * @param ill volumes that had too few copies before
 * @param snapshot what is to be there before a server is touched
 * @param errand what is done to each host while it is empty
 */
public record RebootPhases(
        Site site,
        Duration limit,
        int atOnce,
        Optional<InHours> hours,
        Set<String> ill,
        Optional<SavedSnapshot> snapshot,
        WhileEmpty errand) {

    /** That they are booted is all. */
    public RebootPhases(
            Site site,
            Duration limit,
            int atOnce,
            Optional<InHours> hours,
            Set<String> ill,
            Optional<SavedSnapshot> snapshot) {
        this(site, limit, atOnce, hours, ill, snapshot, WhileEmpty.REBOOT);
    }

    public List<Phase> of(List<Rebooting> nodes) {
        List<Phase> phases = new ArrayList<>();
        phases.add(marks(nodes));
        boolean kept = snapshot.isEmpty();
        for (List<Rebooting> batch : batches(nodes)) {
            if (!kept && batch.get(0).node().isServer()) {
                phases.add(keeping());
                kept = true;
            }
            Target through = new Target.OnHost(through(batch).name());
            phases.add(phase("drain", batch, through, this::before));
            phases.add(new OfSteps(
                    "reboot",
                    at -> batch.stream()
                            .flatMap(one -> boot(one, batch.size() > 1).stream())
                            .toList()));
            phases.add(phase("uncordon", batch, through, this::after));
        }
        return phases;
    }

    private interface Made {
        List<Resource> of(List<Rebooting> batch);
    }

    private static Phase phase(String name, List<Rebooting> batch, Target through, Made made) {
        return new OfSteps(
                name,
                at -> made.of(batch).stream()
                        .map(resource -> new Step(name, through, resource))
                        .toList());
    }

    private Phase marks(List<Rebooting> nodes) {
        Target through = new Target.OnHost(through(List.of()).name());
        return phase(
                "mark",
                nodes,
                through,
                all -> all.stream()
                        .<Resource>map(one -> new MarkedForReboot(one.node().name(), one.mark()))
                        .toList());
    }

    private Phase keeping() {
        SavedSnapshot saved = snapshot.orElseThrow();
        return new OfSteps("snapshot", at -> List.of(new Step("snapshot", new Target.OnHost(saved.server()), saved)));
    }

    /** Agents as many as may be away together, then each server alone. */
    List<List<Rebooting>> batches(List<Rebooting> nodes) {
        List<List<Rebooting>> batches = new ArrayList<>();
        List<Rebooting> agents =
                nodes.stream().filter(one -> !one.node().isServer()).toList();
        for (int i = 0; i < agents.size(); i += atOnce) {
            batches.add(agents.subList(i, Math.min(agents.size(), i + atOnce)));
        }
        nodes.stream()
                .filter(one -> one.node().isServer() && !leads(one.node()))
                .forEach(one -> batches.add(List.of(one)));
        nodes.stream().filter(one -> leads(one.node())).forEach(one -> batches.add(List.of(one)));
        return batches;
    }

    private boolean leads(Node node) {
        return site.leader().equals(Optional.of(node));
    }

    /** A server that stays, if there is one. */
    private Node through(List<Rebooting> batch) {
        Set<NodeName> away = batch.stream().map(one -> one.node().name()).collect(Collectors.toSet());
        return Stream.concat(site.leader().stream(), site.cluster().servers().stream())
                .filter(server -> !away.contains(server.name()) && answers(server))
                .findFirst()
                .orElseGet(() -> site.leader().orElseThrow());
    }

    private boolean answers(Node server) {
        return site.k3sOf(server).filter(k3s -> k3s.apiReady()).isPresent();
    }

    private List<Resource> before(List<Rebooting> batch) {
        List<Resource> steps = new ArrayList<>();
        hours.ifPresent(steps::add);
        steps.add(new OthersUp(batch.stream().map(one -> one.node().name()).collect(Collectors.toSet())));
        steps.add(new VolumesWhole(ill));
        batch.stream()
                .filter(one -> one.drained() && !one.booted())
                .forEach(one -> steps.add(new Drained(one.node().name(), Terms.FOR_A_WHILE, limit)));
        return steps;
    }

    /** What is asked of the host itself. */
    private List<Step> boot(Rebooting one, boolean beside) {
        Node node = one.node();
        List<Resource> steps = new ArrayList<>(errand.before());
        steps.add(errand.boot(new Rebooted(node.name(), one.mark().bootId(), beside)));
        Resource up =
                node.isServer() ? new K3sApi() : new SystemdUnit(node.role().unit(), Duration.ofMinutes(5));
        steps.add(new HeardAnew(up, node.name(), node.role().unit()));
        if (node.isServer() && hasEtcd()) {
            steps.add(new EtcdMember(node.name(), node.ip()));
        }
        return steps.stream()
                .map(resource -> new Step("reboot", new Target.OnHost(node.name()), resource))
                .toList();
    }

    private boolean hasEtcd() {
        return site.cluster().servers().size() > 1 || site.cluster().k3s().clusterInit();
    }

    private List<Resource> after(List<Rebooting> batch) {
        List<Resource> steps = new ArrayList<>();
        for (Rebooting one : batch) {
            NodeName name = one.node().name();
            steps.add(NodeCondition.ready(name));
            if (one.node().isServer() && hasEtcd()) {
                steps.add(NodeCondition.voter(name));
            }
            steps.add(new PodsOfNodeBack(name, one.sick()));
            steps.add(new Uncordoned(name, one.mark().closed()));
        }
        steps.add(new VolumesWhole(ill));
        return steps;
    }
}
