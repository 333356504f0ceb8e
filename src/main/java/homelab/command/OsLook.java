package homelab.command;

import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.probe.Reading;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.Exports;
import homelab.resource.os.PackageLists;
import homelab.resource.os.PackagesRenewed;
import homelab.resource.os.Updates;
import homelab.run.Event;
import homelab.run.Look;
import homelab.run.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What apt would renew on nodes, by lists that were renewed just now. */
record OsLook(Map<NodeName, Updates> updates) {

    /**
     * @param wanted those of them that were reached are asked
     * @param environment in which apt runs
     * @throws Failure with exit BLIND where apt cannot say what is due
     */
    static OsLook of(Job job, List<Node> wanted, Exports environment) {
        job.events().tell(new Event.Looking("what apt would renew"));
        Set<NodeName> reached = job.workshop().fleet().hosts().keySet();
        List<NodeName> asked =
                wanted.stream().map(Node::name).filter(reached::contains).toList();
        return new OsLook(Parallel.allOrFail(
                Parallel.each(asked, name -> due(job.workshop().fleet().host(name), new PackageLists(environment)))));
    }

    private static Updates due(Host host, PackageLists lists) {
        Output renewed = host.run(Script.root("lists of packages", lists.script(), PackageLists.LIMIT));
        if (!renewed.ok()) {
            throw blind(
                    host,
                    "the lists of its packages could not be renewed",
                    renewed.errors().strip());
        }
        Reading<Updates> reading = Look.orFail(host, List.of(PackagesRenewed.updates()), Script.As.ROOT)
                .of(PackagesRenewed.updates());
        return reading instanceof Reading.Known<Updates> known
                ? known.value()
                : throwing(host, ((Reading.Unknown<Updates>) reading).why());
    }

    private static Updates throwing(Host host, String why) {
        throw blind(host, "apt cannot say what is due", why);
    }

    private static Failure blind(Host host, String what, String why) {
        return new Failure(
                Exit.BLIND,
                Problem.of(
                        host.name() + ": " + what,
                        why,
                        "sudo apt-get update on " + host.name()
                                + " shows it: its way out, a full disk, or a source below /etc/apt/sources.list.d that is no more"));
    }

    boolean some(Node node) {
        return Optional.ofNullable(updates.get(node.name()))
                .filter(Updates::some)
                .isPresent();
    }

    /** What stays as it is though there is something newer. */
    List<Finding> stays() {
        List<Finding> findings = new ArrayList<>();
        updates.forEach((node, seen) -> {
            if (!seen.held().isEmpty()) {
                findings.add(Finding.note(
                        node + ": " + String.join(", ", seen.held()) + " stays as it is",
                        "somebody holds it",
                        "sudo apt-mark unhold " + String.join(" ", seen.held()) + ", when it may be renewed"));
            }
            if (!seen.back().isEmpty()) {
                findings.add(Finding.note(
                        node + ": " + String.join(", ", seen.back()) + " stays as it is",
                        "its update would take other packages away, or is handed out by and by",
                        "sudo apt-get -s dist-upgrade on " + node + " shows which"));
            }
        });
        return findings;
    }
}
