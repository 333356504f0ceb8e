package homelab.phase;

import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Status;
import homelab.resource.reboot.OthersUp;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What speaks against having nodes away, of those beside them. @param apart those that are to be away */
record NodesNow(Set<NodeName> apart) {

    /** @param readings as read for {@link OthersUp} */
    Optional<Finding> finding(Readings readings) {
        OthersUp others = new OthersUp(apart);
        if (!(others.status(readings) instanceof Status.Drift drift)) {
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
