package homelab.command;

import homelab.adopt.Found;
import homelab.adopt.FoundProbe;
import homelab.adopt.NamedNode;
import homelab.adopt.OutsideNotes;
import homelab.facts.FactProbes;
import homelab.facts.Facts;
import homelab.facts.RoundTrip;
import homelab.host.Script;
import homelab.model.Cidr;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.run.Fleet;
import homelab.run.Look;
import homelab.run.Parallel;
import homelab.run.Time;
import homelab.run.Traced;
import homelab.ssh.SshConnector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hosts of which no inventory tells yet, looked at in one round trip each. */
final class InitLook implements AutoCloseable {

    /**
     * @param nodes those that its API names, if it is a server whose API answers
     * @param outside what is to be said of its files to the outside
     */
    record Sight(Facts facts, Optional<Found> found, List<NamedNode> nodes, List<String> outside) {

        /** The network of one of its addresses; empty when it has no such address. */
        Optional<String> lan(Ip ip) {
            return facts.nics().known().orElse(List.of()).stream()
                    .flatMap(nic -> nic.addresses().stream())
                    .filter(address -> address.startsWith(ip + "/"))
                    .findFirst()
                    .map(address -> Cidr.around(ip, Integer.parseInt(address.substring(address.indexOf('/') + 1)))
                            .toString());
        }
    }

    private final Way way;
    private final Time time = Time.system();
    private final Shown shown;
    private final Traced connector;

    InitLook(Io io, Way way, boolean verbose) {
        this.way = way;
        this.shown = new Shown(io, time, true, verbose);
        this.connector = new Traced(new SshConnector(io.home(), Duration.ofSeconds(15)), shown, time);
    }

    Way way() {
        return way;
    }

    /** All at once; why not, where a host could not be. */
    Map<NodeName, Parallel.Outcome<Sight>> look(List<Node> nodes) {
        Fleet fleet = Fleet.connect(connector, way.around(nodes), nodes, shown, time);
        try (fleet) {
            Map<NodeName, Node> byName = new LinkedHashMap<>();
            nodes.forEach(node -> byName.put(node.name(), node));
            Map<NodeName, Parallel.Outcome<Sight>> outcomes =
                    new LinkedHashMap<>(Parallel.each(fleet.hosts().keySet(), name -> sight(fleet, byName.get(name))));
            fleet.unreachable().forEach((name, failure) -> outcomes.put(name, new Parallel.Outcome.Bad<>(failure)));
            return outcomes;
        }
    }

    private Sight sight(Fleet fleet, @Nullable Node node) {
        if (node == null) {
            throw new IllegalStateException("a host that nobody asked for");
        }
        List<Probe<?>> probes = new ArrayList<>(FactProbes.all(node));
        probes.add(FoundProbe.ANY);
        probes.add(NamedNode.ALL);
        probes.add(OutsideNotes.PROBE);
        Instant sent = time.now();
        Readings readings = Look.orFail(fleet.host(node.name()), probes, Script.As.ROOT);
        Facts facts = FactProbes.read(node, readings, new RoundTrip(sent, time.now()));
        return new Sight(
                facts,
                readings.of(FoundProbe.ANY).known().flatMap(found -> found),
                readings.of(NamedNode.ALL).known().orElse(List.of()),
                readings.of(OutsideNotes.PROBE).known().orElse(List.of()));
    }

    @Override
    public void close() {
        shown.close();
        connector.close();
    }
}
