package homelab.command;

import homelab.doctor.net.Door;
import homelab.doctor.net.Reachability;
import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.UfwReturn;
import homelab.run.Event;
import homelab.run.Events;
import homelab.run.Look;
import homelab.run.Parallel;
import homelab.run.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Confirms a change of a firewall: by a new connection over the same way, and by what the nodes reach of each other, as
 * before. Otherwise the host takes the change back, at our word or by itself.
 */
final class Witness {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TRIES = 3;
    private static final int TOO_LATE = 3;

    private final Workshop workshop;
    private final Events events;
    private final Time time;
    private final String run;
    private Optional<Reachability> before = Optional.empty();

    Witness(Workshop workshop, Events events, Time time) {
        this.workshop = workshop;
        this.events = events;
        this.time = time;
        this.run = time.now().toString();
    }

    /** Empty as long as nothing was changed. */
    Optional<Reachability> before() {
        return before;
    }

    void untilConfirmed(Host host, Runnable change) {
        Reachability then = measuredBefore();
        keep(host);
        try {
            change.run();
            prove(host, then);
        } catch (Failure failure) {
            takeBack(host);
            throw failure;
        }
    }

    /** Once for all hosts, and by the first of them: the others have not changed anything then. */
    private synchronized Reachability measuredBefore() {
        Reachability found = before.orElseGet(this::measure);
        before = Optional.of(found);
        return found;
    }

    /** From every host that answers, and from this machine. */
    Reachability measure() {
        Cluster cluster = workshop.cluster();
        Reachability all =
                Parallel.allOrFail(Parallel.each(workshop.reached(), node -> from(cluster, node))).values().stream()
                        .reduce(new Reachability(List.of()), Reachability::and);
        return all.and(asked(workshop.places().here(), Reachability.fromHere(cluster), Script.As.USER));
    }

    private Reachability from(Cluster cluster, Node node) {
        return cluster.nodes().size() == 1
                ? new Reachability(List.of())
                : asked(workshop.fleet().host(node.name()), Reachability.from(cluster, node), Script.As.ROOT);
    }

    /** Of one who cannot be asked nothing is known; that does not speak against a change. */
    private static Reachability asked(Host host, Probe<Reachability> probe, Script.As as) {
        return Look.at(host, List.of(probe), as).of(probe).known().orElse(new Reachability(List.of()));
    }

    private void keep(Host host) {
        Output kept = script(host, "keep '" + run + "'");
        if (!kept.ok()) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(
                            host.name() + ": its firewall is not changed, since it could not be taken back",
                            kept.errors().strip(),
                            "mend the reason and run the same command again"));
        }
    }

    private static Output script(Host host, String words) {
        return host.run(Script.root("firewall " + words, UfwReturn.SCRIPT + " " + words, SHORT));
    }

    private void prove(Host host, Reachability then) {
        Node node = workshop.cluster().node(host.name()).orElseThrow();
        try (Host anew = anew(node)) {
            refuseWhatIsLost(host.name(), then);
            Output said = script(anew, "confirm");
            if (!said.ok()) {
                throw new Failure(Exit.FAILED, said.exit() == TOO_LATE ? late(node) : silent(node, said.errors()));
            }
        }
    }

    private Host anew(Node node) {
        try {
            return workshop.connectAnew(node);
        } catch (Failure shut) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(
                            node.name() + ": the new firewall lets no new SSH connection in, and is taken back",
                            shut.problems().get(0).why(),
                            "homelab firewall show tells what others have put in its way; add the network you come from to"
                                    + " network.sources, and see that the port in the inventory is the one sshd has"));
        }
    }

    private void refuseWhatIsLost(NodeName node, Reachability then) {
        List<Door> lost = lost(node, then);
        for (int i = 1; i < TRIES && !lost.isEmpty(); i++) {
            pause();
            lost = lost(node, then);
        }
        if (!lost.isEmpty()) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(
                            node + ": the new firewall closes what was open before, and is taken back",
                            lost.stream()
                                    .map(door -> door.from() + " no longer reaches " + door.text())
                                    .collect(Collectors.joining(", ")),
                            "homelab firewall show tells what others have put in its way"));
        }
    }

    private List<Door> lost(NodeName node, Reachability then) {
        return measure().to(node.text()).lostSince(then);
    }

    private static Problem late(Node node) {
        return Problem.of(
                node.name() + ": took the change of its firewall back before it was confirmed",
                "it has 30 s after the last rule, and the confirmation took longer",
                "run the same command again");
    }

    private static Problem silent(Node node, String said) {
        return Problem.of(
                node.name() + ": the change of its firewall could not be confirmed", said.strip(), "run it again");
    }

    /** Over the connection that was there before. Where that is gone too, the host does it by itself. */
    private void takeBack(Host host) {
        try {
            script(host, "back client");
        } catch (Failure gone) {
            events.tell(new Event.Note(host.name() + ": takes its firewall back by itself within 30 s"));
        }
    }

    private void pause() {
        try {
            time.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, List.of());
        }
    }
}
