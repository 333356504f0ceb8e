package homelab.command;

import homelab.adopt.Found;
import homelab.adopt.Member;
import homelab.adopt.NamedNode;
import homelab.command.InitLook.Sight;
import homelab.facts.K3sState;
import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.run.Parallel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A cluster, seen through one of its servers, and the nodes that it names. */
final class InitCluster {
    private final InitLook look;
    private @Nullable Sight first;

    InitCluster(InitLook look) {
        this.look = look;
    }

    /** Of the server that was asked first. */
    K3sState server() {
        return first().facts().k3s().known().orElseThrow();
    }

    /** What is to be said of its files to the outside; each line ended. */
    String outside() {
        return first().outside().stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private Sight first() {
        Sight sight = first;
        if (sight == null) {
            throw new IllegalStateException("looked at nothing yet");
        }
        return sight;
    }

    /**
     * The server that was named, then the others: servers first, by name.
     *
     * @throws Failure when the host cannot be reached, has no k3s, or is no server whose API answers
     */
    List<Member> members() {
        Way way = look.way();
        NodeName name = new NodeName("host");
        Map<NodeName, Parallel.Outcome<Sight>> seen = look.look(List.of(way.node(name, way.address())));
        Sight sight = Parallel.allOrFail(seen).values().iterator().next();
        refuse(sight);
        first = sight;
        NamedNode own = sight.nodes().stream()
                .filter(node -> sight.lan(node.address()).isPresent())
                .findFirst()
                .orElseThrow(() -> problem(
                        "none of its nodes has its address",
                        "the API names " + sight.nodes().size() + " nodes",
                        ""));
        List<Member> members = new ArrayList<>();
        members.add(member(own, sight));
        members.addAll(others(sight.nodes().stream()
                .filter(node -> !node.equals(own))
                .sorted(Comparator.comparing((NamedNode node) -> !node.server()).thenComparing(NamedNode::name))
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
        return new Failure(Exit.REFUSED, Problem.of(look.way().address() + ": " + what, why, fix));
    }

    private List<Member> others(List<NamedNode> others) {
        if (others.isEmpty()) {
            return List.of();
        }
        Map<NodeName, Parallel.Outcome<Sight>> seen = look.look(others.stream()
                .map(node -> look.way().node(new NodeName(node.name()), node.address()))
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
                sight.lan(node.address()),
                sight.facts().model().known().orElse(""),
                sight.found(),
                "");
    }
}
