package homelab.run;

import homelab.host.Connector;
import homelab.host.Host;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hosts of a run, each connected once.
 *
 * @param hosts those that answered, in the order of the inventory
 * @param unreachable those that did not, and why
 */
public record Fleet(Map<NodeName, Host> hosts, Map<NodeName, Failure> unreachable) implements AutoCloseable {

    /** Connects to all nodes at the same time. */
    public static Fleet connect(Connector connector, Cluster cluster, List<Node> nodes, Events events, Time time) {
        Map<NodeName, Host> hosts = new LinkedHashMap<>();
        Map<NodeName, Failure> unreachable = new LinkedHashMap<>();
        Parallel.each(nodes, node -> connectOne(connector, cluster, node, events, time))
                .forEach((node, outcome) -> {
                    if (outcome instanceof Parallel.Outcome.Ok<Host> ok) {
                        hosts.put(node.name(), ok.value());
                    } else if (outcome instanceof Parallel.Outcome.Bad<Host> bad) {
                        unreachable.put(node.name(), bad.failure());
                    }
                });
        return new Fleet(hosts, unreachable);
    }

    private static Host connectOne(Connector connector, Cluster cluster, Node node, Events events, Time time) {
        events.tell(new Event.Connecting(node.name()));
        var begin = time.now();
        try {
            Host host = connector.connect(cluster, node);
            events.tell(new Event.Connected(node.name(), Duration.between(begin, time.now())));
            return host;
        } catch (Failure failure) {
            events.tell(new Event.Unreachable(node.name(), failure.problems().get(0)));
            throw failure;
        }
    }

    public Host host(NodeName name) {
        Host host = hosts.get(name);
        if (host == null) {
            throw new Failure(Exit.BLIND, Problem.of(name + ": not connected", "it did not answer", ""));
        }
        return host;
    }

    /** @throws Failure with every host's own problem when any did not answer */
    public Fleet complete() {
        if (!unreachable.isEmpty()) {
            List<Problem> problems = new ArrayList<>();
            unreachable.values().forEach(failure -> problems.addAll(failure.problems()));
            throw new Failure(Exit.BLIND, problems);
        }
        return this;
    }

    @Override
    public void close() {
        Parallel.each(hosts.keySet(), name -> {
            host(name).close();
            return true;
        });
    }
}
