package homelab.phase;

import homelab.kubeconfig.ContextGone;
import homelab.model.HardenItem;
import homelab.model.Node;
import homelab.phase.firewall.Openings;
import homelab.phase.harden.HardenPhase;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.KernelArgs;
import homelab.resource.Resource;
import homelab.resource.UfwBack;
import homelab.resource.UfwGuard;
import homelab.resource.reset.BootWords;
import homelab.resource.reset.HostsBlock;
import homelab.resource.reset.Interfaces;
import homelab.resource.reset.MemberGone;
import homelab.resource.reset.Mounted;
import homelab.resource.reset.NodeAbsent;
import homelab.resource.reset.PacketRules;
import homelab.resource.reset.Running;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The order in which hosts are made what they were: out of the cluster, stopped, unmounted, and only then are files deleted. */
public final class ResetPhases {

    private ResetPhases() {}

    /**
     * @param nodes these
     * @param through the server that is to forget them; empty when their cluster goes with them or is gone
     * @param here what goes on this machine, when the whole cluster goes
     */
    public static List<Phase> of(List<Node> nodes, Optional<Node> through, Optional<Path> here, Optional<String> ca) {
        List<Phase> phases = new ArrayList<>();
        through.ifPresent(server -> phases.add(leave("leave", nodes, server)));
        through.ifPresent(server -> phases.add(outOfEtcd(nodes, server)));
        List<Node> agents = nodes.stream().filter(node -> !node.isServer()).toList();
        List<Node> servers = nodes.stream().filter(Node::isServer).toList();
        for (List<Node> some : List.of(agents, servers)) {
            phases.add(onEach("stop", some, ResetPhases::stopped));
        }
        phases.add(onThem(new HardenPhase(List.of(HardenItem.values()), true), nodes));
        phases.add(onEach("firewall", nodes, (site, node) -> List.of(firewall(node))));
        phases.add(onEach("files", nodes, (site, node) -> files()));
        through.ifPresent(server -> phases.add(leave("forgotten", nodes, server)));
        here.ifPresent(file -> phases.add(new OfSteps(
                "kubeconfig",
                site -> List.of(new Step(
                        "kubeconfig",
                        new Target.Here(),
                        new ContextGone(file, site.cluster().name(), ca))))));
        return phases;
    }

    /** A node out of its cluster, with k3s and its data gone from its host, which stays prepared for one. */
    static List<Phase> ofK3s(Node node, Node through) {
        List<Node> only = List.of(node);
        return List.of(
                leave("leave", only, through),
                outOfEtcd(only, through),
                onEach("stop", only, ResetPhases::stopped),
                onEach(
                        "files",
                        only,
                        (site, one) -> List.of(
                                LeftFiles.data(), LeftFiles.links(), LeftFiles.programs(), LeftFiles.ofContainerd())),
                leave("forgotten", only, through));
    }

    private static Phase leave(String name, List<Node> nodes, Node server) {
        Target target = new Target.OnHost(server.name());
        return new OfSteps(
                name,
                site -> nodes.stream()
                        .map(node -> new Step(name, target, NodeAbsent.gone(node.name())))
                        .toList());
    }

    private static Phase outOfEtcd(List<Node> nodes, Node server) {
        Target target = new Target.OnHost(server.name());
        return new OfSteps(
                "etcd",
                site -> nodes.stream()
                        .filter(Node::isServer)
                        .map(node -> new Step("etcd", target, new MemberGone(node.name(), node.ip())))
                        .toList());
    }

    private static Phase onThem(Phase phase, List<Node> nodes) {
        return new Narrowed(
                phase,
                (whole, step) -> nodes.stream().anyMatch(node -> new Target.OnHost(node.name()).equals(step.target())));
    }

    private static Phase onEach(String name, List<Node> nodes, BiFunction<Site, Node, List<Resource>> resources) {
        return new OfSteps(
                name,
                site -> nodes.stream()
                        .flatMap(node -> resources.apply(site, node).stream()
                                .map(resource -> new Step(name, new Target.OnHost(node.name()), resource)))
                        .toList());
    }

    private static List<Resource> stopped(Site site, Node node) {
        return List.of(
                Running.gone(),
                Mounted.gone(),
                Interfaces.gone(site.cluster().network().pods()),
                PacketRules.gone());
    }

    private static Resource firewall(Node node) {
        return new UfwBack(new UfwGuard(node.name(), Openings.sshPort(node)));
    }

    private static List<Resource> files() {
        return List.of(
                LeftFiles.data(),
                LeftFiles.links(),
                LeftFiles.programs(),
                LeftFiles.ofContainerd(),
                HostsBlock.gone("/etc/hosts", "nodes"),
                HostsBlock.gone("/etc/cloud/templates/hosts.debian.tmpl", "nodes"),
                BootWords.gone(KernelArgs.ofPi().files()),
                LeftFiles.preparation());
    }
}
