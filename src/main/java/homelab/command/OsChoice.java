package homelab.command;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** That the operating system is meant and not k3s, and on which nodes. */
final class OsChoice {
    private static final Duration USUAL = Duration.ofMinutes(15);

    @Option(
            names = "--os",
            description = {
                "The packages of the operating system instead of k3s, on one node after another: each is emptied, renewed by apt,",
                "booted only if a package asks for it, and back in service before the next. Held packages stay."
            })
    private boolean os;

    @Parameters(
            paramLabel = "NODE",
            arity = "0..*",
            hideParamSyntax = true,
            description = "With --os: only these nodes of the inventory.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--no-drain", description = "With --os: do not move pods elsewhere first.")
    private boolean noDrain;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Ago.class,
            description = "With --os: how long a node's pods may take to leave: 90s, 10m, 1h. 15m unless given.")
    private Optional<Duration> timeout = Optional.empty();

    /**
     * Whether the operating system is meant.
     *
     * @param release the option by which a release of k3s was asked for
     * @throws Failure with exit USAGE for words that do not go together
     */
    boolean meant(Optional<String> release) {
        if (os && release.isPresent()) {
            throw usage(
                    "--os is typed beside " + release.get(),
                    "one renews the operating system, the other k3s, and each is to be seen to work before the other",
                    "one after the other: homelab upgrade --os, then homelab upgrade --to RELEASE");
        }
        if (!os && (noDrain || timeout.isPresent() || !names.isEmpty())) {
            throw usage(
                    names.isEmpty() ? "--no-drain and --timeout are words of --os" : "nodes are named without --os",
                    "a release of k3s comes to every node, and pods go on meanwhile",
                    "homelab upgrade, or homelab upgrade --os " + String.join(" ", names));
        }
        return os;
    }

    private static Failure usage(String what, String why, String fix) {
        return new Failure(Exit.USAGE, Problem.of(what, why, fix.strip()));
    }

    boolean drains() {
        return !noDrain;
    }

    /** How long a node's pods may take to leave. */
    Duration patience() {
        return timeout.orElse(USUAL);
    }

    /** @throws Failure with exit USAGE for names that the inventory has not */
    List<Node> of(Cluster cluster) {
        List<String> known =
                cluster.nodes().stream().map(node -> node.name().text()).toList();
        Near.refuseUnknown(names, known, "the inventory has no node", "homelab validate");
        return cluster.nodes().stream()
                .filter(node -> names.isEmpty() || names.contains(node.name().text()))
                .toList();
    }
}
