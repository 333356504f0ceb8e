package homelab.command;

import homelab.adopt.Candidate;
import homelab.adopt.Found;
import homelab.adopt.FoundProbe;
import homelab.adopt.Member;
import homelab.adopt.NamedNode;
import homelab.facts.FactProbes;
import homelab.facts.Facts;
import homelab.facts.K3sState;
import homelab.facts.RoundTrip;
import homelab.host.Script;
import homelab.model.Cidr;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cluster looked at through one of its servers, and the nodes that it names. One round trip to each host. */
final class InitLook implements AutoCloseable {
    private record Sight(Facts facts, Optional<Found> found, List<NamedNode> nodes) {}

    private final Way way;
    private final Time time = Time.system();
    private final Shown shown;
    private final Traced connector;
    private @Nullable Sight first;

    InitLook(Io io, Way way, boolean verbose) {
        this.way = way;
        this.shown = new Shown(io, time, true, verbose);
        this.connector = new Traced(new SshConnector(io.home(), Duration.ofSeconds(15)), shown, time);
    }

    /** Of the server that was asked first. */
    K3sState server() {
        Sight sight = first;
        if (sight == null) {
            throw new IllegalStateException("looked at nothing yet");
        }
        return sight.facts().k3s().known().orElseThrow();
    }

    /**
     * The server that was named, then the others: servers first, by name.
     *
     * @throws Failure when the host cannot be reached, has no k3s, or is no server whose API answers
     */
    List<Member> members() {
        NodeName name = new NodeName("host");
        Map<NodeName, Parallel.Outcome<Sight>> seen = look(List.of(way.node(name, way.address())));
        Sight sight = Parallel.allOrFail(seen).values().iterator().next();
        refuse(sight);
        first = sight;
        NamedNode own = sight.nodes().stream()
                .filter(node -> has(sight.facts(), node.address()))
                .findFirst()
                .orElseThrow(() -> problem(
                        "none of its nodes has its address",
                        "the API names " + sight.nodes().size() + " nodes",
                        ""));
        List<Member> members = new ArrayList<>();
        members.add(member(own, sight));
        members.addAll(others(sight.nodes().stream()
                .filter(node -> !node.equals(own))
                .sorted(java.util.Comparator.comparing((NamedNode node) -> !node.server())
                        .thenComparing(NamedNode::name))
                .toList()));
        return members;
    }

    private void refuse(Sight sight) {
        Found found = sight.found()
                .orElseThrow(() -> problem(
                        "has no k3s",
                        "no unit k3s or k3s-agent is there",
                        "for hosts without a cluster: homelab init --hosts"));
        if (!found.isServer()) {
            String server = found.arguments().one("server");
            throw problem(
                    "is an agent, which cannot name the others",
                    server.isEmpty() ? "its unit is k3s-agent" : "it joined " + server,
                    "homelab init --from the server's address");
        }
        if (sight.nodes().isEmpty()) {
            throw problem(
                    "its API does not answer",
                    "k3s is " + (found.active() ? "running" : "not running"),
                    "systemctl status k3s there");
        }
        if (sight.facts().k3s().known().flatMap(K3sState::version).isEmpty()) {
            throw problem(
                    "its k3s does not say its version", "/usr/local/bin/k3s could not be asked", "k3s --version there");
        }
    }

    private Failure problem(String what, String why, String fix) {
        return new Failure(Exit.REFUSED, Problem.of(way.address() + ": " + what, why, fix));
    }

    private Map<NodeName, Parallel.Outcome<Sight>> look(List<Node> nodes) {
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
        Instant sent = time.now();
        Readings readings = Look.orFail(fleet.host(node.name()), probes, Script.As.ROOT);
        Facts facts = FactProbes.read(node, readings, new RoundTrip(sent, time.now()));
        return new Sight(
                facts,
                readings.of(FoundProbe.ANY).known().flatMap(found -> found),
                readings.of(NamedNode.ALL).known().orElse(List.of()));
    }

    private List<Member> others(List<NamedNode> others) {
        if (others.isEmpty()) {
            return List.of();
        }
        Map<NodeName, Parallel.Outcome<Sight>> seen = look(others.stream()
                .map(node -> way.node(new NodeName(node.name()), node.address()))
                .toList());
        return others.stream()
                .map(node -> {
                    Parallel.Outcome<Sight> outcome = seen.get(new NodeName(node.name()));
                    return outcome instanceof Parallel.Outcome.Ok<Sight> ok
                            ? member(node, ok.value())
                            : unseen(node, ((Parallel.Outcome.Bad<Sight>) Objects.requireNonNull(outcome)).failure());
                })
                .toList();
    }

    private static Member unseen(NamedNode node, Failure failure) {
        return new Member(
                node.name(),
                node.address(),
                node.server(),
                Optional.empty(),
                "",
                Optional.empty(),
                failure.problems().get(0).why());
    }

    private static Member member(NamedNode node, Sight sight) {
        return new Member(
                node.name(),
                node.address(),
                node.server(),
                lan(sight.facts(), node.address()),
                sight.facts().model().known().orElse(""),
                sight.found(),
                "");
    }

    /** @param found hosts that were looked at; @param away those that listen and could not be, and why */
    record Candidates(List<Candidate> found, Map<Ip, String> away) {}

    /** Hosts that may have no cluster yet. */
    Candidates candidates(List<Ip> addresses) {
        Map<NodeName, Ip> names = new LinkedHashMap<>();
        addresses.forEach(ip -> names.put(new NodeName("host-" + ip.toString().replaceAll("[.:]+", "-")), ip));
        List<Candidate> found = new ArrayList<>();
        Map<Ip, String> away = new LinkedHashMap<>();
        List<Node> nodes = names.entrySet().stream()
                .map(name -> way.node(name.getKey(), name.getValue()))
                .toList();
        look(nodes).forEach((name, outcome) -> {
            Ip ip = Objects.requireNonNull(names.get(name));
            if (outcome instanceof Parallel.Outcome.Ok<Sight> ok) {
                found.add(candidate(ip, ok.value()));
            } else if (outcome instanceof Parallel.Outcome.Bad<Sight> bad) {
                away.put(ip, bad.failure().problems().get(0).why());
            }
        });
        return new Candidates(found, away);
    }

    private static Candidate candidate(Ip ip, Sight sight) {
        Facts facts = sight.facts();
        String medium = facts.disks().known().orElse(List.of()).stream()
                .filter(disk -> disk.path().equals("/var/lib/rancher"))
                .findFirst()
                .map(Facts.Disk::medium)
                .orElse("");
        return new Candidate(
                facts.hostname().known().orElse(""),
                ip,
                lan(facts, ip),
                facts.model().known().orElse(""),
                medium,
                facts.memoryBytes().known().orElse(0L),
                sight.found().map(Found::unit).orElse(""));
    }

    private static boolean has(Facts facts, Ip ip) {
        return lan(facts, ip).isPresent();
    }

    private static Optional<String> lan(Facts facts, Ip ip) {
        return facts.nics().known().orElse(List.of()).stream()
                .flatMap(nic -> nic.addresses().stream())
                .filter(address -> address.startsWith(ip + "/"))
                .findFirst()
                .map(address -> Cidr.around(ip, Integer.parseInt(address.substring(address.indexOf('/') + 1)))
                        .toString());
    }

    @Override
    public void close() {
        shown.close();
        connector.close();
    }
}
