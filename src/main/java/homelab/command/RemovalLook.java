package homelab.command;

import homelab.drain.Elsewhere;
import homelab.drain.LifeSigns;
import homelab.facts.K3sState;
import homelab.host.Host;
import homelab.host.Script;
import homelab.kube.KubeApi;
import homelab.kube.ServerAccess;
import homelab.kubeconfig.KubeconfigContext;
import homelab.kubeconfig.KubeconfigState;
import homelab.model.Node;
import homelab.phase.RemovalGuard;
import homelab.phase.ResetGuard;
import homelab.phase.Site;
import homelab.plan.Finding;
import homelab.probe.Readings;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.EtcdMembers;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.reset.NodeAbsent;
import homelab.run.Event;
import homelab.run.Look;
import homelab.storage.Storage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What was seen of a node that is to leave, and of the cluster that goes on.
 *
 * @param through the server that is asked, never the one that leaves
 * @param away whether its host does not answer
 */
record RemovalLook(Job job, Node node, Node through, boolean away) {

    /** @throws Failure with exit REFUSED when no other server answers, or the host is another cluster's */
    static RemovalLook of(Job job, Node node) {
        Site site = job.workshop().site();
        Optional<Node> through = others(site, node).findFirst();
        if (through.isEmpty() && !answers(site, node)) {
            job.leader(); // which tells why there is none
        }
        RemovalLook look = new RemovalLook(job, node, through.orElseThrow(() -> last(node, site)), !site.reached(node));
        Checked.refuse(look.foreign(site));
        return look;
    }

    private static Stream<Node> others(Site site, Node node) {
        return Stream.concat(site.leader().stream(), site.cluster().servers().stream())
                .filter(server -> !server.equals(node) && answers(site, server));
    }

    private static boolean answers(Site site, Node node) {
        return site.k3sOf(node).filter(K3sState::apiReady).isPresent();
    }

    private static Failure last(Node node, Site site) {
        return new Failure(
                Exit.REFUSED,
                Problem.of(
                        node.name() + ": is the last server of "
                                + site.cluster().name() + " that answers",
                        "nobody would be left to go on, or to forget it",
                        "bring another server back first: homelab status tells which are down"));
    }

    private List<Problem> foreign(Site site) {
        return new ResetGuard(site, List.of(node), true, Optional.empty(), Set.of(), Optional.empty()).against();
    }

    /** Of the server that is asked. */
    private Optional<String> ca() {
        return job.workshop().site().k3sOf(through).flatMap(K3sState::caSha256);
    }

    private Host server() {
        return job.workshop().fleet().host(through.name());
    }

    /** The user's access, when it names the node that leaves. */
    Optional<KubeconfigContext> access() {
        String name = job.cluster().name();
        List<String> urls = others(job.workshop().site(), node)
                .map(server -> "https://" + address(server) + ":6443")
                .distinct()
                .toList();
        return KubeconfigState.read(job.kubeconfig(), name)
                .filter(state -> state.server().contains("//" + address(node) + ":"))
                .filter(state -> Optional.of(state.caSha256()).equals(ca()))
                .map(state -> new KubeconfigContext(job.kubeconfig(), name, through.name(), urls, ca(), false));
    }

    private static String address(Node node) {
        return node.ip().isV6() ? "[" + node.ip() + "]" : node.ip().toString();
    }

    /** Nothing is said of a node that has left already: what remains is only to clean up behind it. */
    List<Finding> findings(boolean dead, Function<RemovalGuard, List<Finding>> judged) {
        if (!member()) {
            return List.of();
        }
        if (away) {
            refuseUnlessDead(dead);
        } else if (dead) {
            Checked.refuse(List.of(alive()));
        }
        job.events().tell(new Event.Looking("what goes with " + node.name()));
        try (KubeApi api = ServerAccess.open(server())) {
            Storage storage = StorageLook.of(api);
            Elsewhere elsewhere = Elsewhere.of(
                    node.name().text(),
                    api.raw("/api/v1/pods"),
                    api.raw("/api/v1/nodes"),
                    api.raw("/api/v1/persistentvolumes"));
            return judged.apply(new RemovalGuard(job.workshop().site(), node, away, voters(), storage, elsewhere));
        }
    }

    private boolean member() {
        Resource absent = NodeAbsent.gone(node.name());
        return !(absent.status(Look.at(server(), absent.probes(), Script.As.ROOT)) instanceof Status.Same);
    }

    private Optional<Integer> voters() {
        return node.isServer()
                ? Look.at(server(), List.of(EtcdMembers.PROBE), Script.As.ROOT)
                        .of(EtcdMembers.PROBE)
                        .known()
                        .map(EtcdMembers::voters)
                : Optional.empty();
    }

    private Problem alive() {
        return Problem.of(
                node.name() + ": is not dead",
                "it answers by SSH, so that its pods can leave it and its host can be cleaned",
                "run the same command without --dead");
    }

    private void refuseUnlessDead(boolean said) {
        String ssh = Optional.ofNullable(job.workshop().fleet().unreachable().get(node.name()))
                .map(failure -> failure.problems().get(0).why())
                .orElse("it does not answer by SSH");
        job.events().tell(new Event.Looking("whether " + node.name() + " lives"));
        LifeSigns signs = new LifeSigns(node);
        Readings readings = Look.at(server(), signs.probes(), Script.As.ROOT);
        Checked.refuse(signs.against(readings, ssh, said).stream().toList());
        job.events()
                .tell(new Event.Note(node.name() + " is taken for dead: " + String.join("; ", signs.silent(readings))));
    }
}
