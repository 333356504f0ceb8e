package homelab.phase;

import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.NodeList;
import homelab.resource.Status;
import homelab.resource.reboot.OthersUp;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What speaks against having nodes away, of those beside them. @param apart those that are to be away */
record NodesNow(Set<NodeName> apart) {

    /** For some forty seconds the API calls a node Ready that is dead. */
    Optional<Finding> silent(Site site, Readings readings) {
        String names = site.cluster().nodes().stream()
                .filter(node -> !apart.contains(node.name()) && !site.reached(node))
                .filter(node -> readings.of(NodeList.PROBE)
                        .known()
                        .flatMap(list -> list.node(node.name()))
                        .isPresent())
                .map(node -> node.name().text())
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.refuse(
                        "not while another node does not answer",
                        names + " cannot be reached by SSH",
                        "bring it back, or take it out: homelab remove-node"));
    }

    /** @param readings as read for {@link OthersUp} */
    Optional<Finding> finding(Readings readings) {
        Status others = new OthersUp(apart).status(readings);
        if (others instanceof Status.Unknown unknown) {
            return Optional.of(Finding.refuse(
                    "nobody knows whether another node is out of service",
                    unknown.why(),
                    "run the same command again; homelab status tells which server answers"));
        }
        if (!(others instanceof Status.Drift drift)) {
            return Optional.empty();
        }
        String why = drift.changes().stream()
                .map(change -> change.what() + " is " + change.before())
                .collect(Collectors.joining("; "));
        String closed = drift.changes().stream()
                .filter(change -> change.before().startsWith("closed"))
                .map(Change::what)
                .map(what -> what.replace("node ", ""))
                .collect(Collectors.joining(" "));
        return Optional.of(Finding.refuse(
                "not while another node is out of service",
                why,
                closed.isEmpty()
                        ? "homelab doctor tells what it lacks"
                        : "homelab reboot " + closed + " ends a reboot that broke off; else kubectl uncordon "
                                + closed));
    }
}
