package homelab.phase;

import homelab.drain.Elsewhere;
import homelab.drain.Pod;
import homelab.model.Node;
import homelab.plan.Finding;
import homelab.storage.Risk;
import homelab.storage.Storage;
import homelab.storage.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What speaks against taking a member out of a cluster that goes on without it, and what is worth a thought before.
 *
 * @param site as it is seen
 * @param node the member
 * @param dead whether its host is gone
 * @param voters how many members etcd counts; empty when nobody could tell
 * @param storage where data lies
 * @param elsewhere where its pods could go on
 */
public record RemovalGuard(
        Site site, Node node, boolean dead, Optional<Integer> voters, Storage storage, Elsewhere elsewhere) {
    /** Of a hostPath volume that names no node: its data lies where its pod runs. */
    private static final String ANY = "any node";

    /**
     * @param evenAgreed whether an even number of servers is what the user wants
     * @param given claims, NAMESPACE/NAME, whose data the user gives up
     */
    public List<Finding> findings(boolean evenAgreed, Set<String> given) {
        List<Finding> findings = new ArrayList<>(leaving(given));
        if (node.isServer()) {
            voters.filter(count -> count > 1 && count % 2 == 1)
                    .ifPresent(count -> findings.add(even(count - 1, evenAgreed)));
        }
        return findings;
    }

    /** Of one that comes back in another role, so that how many servers are left for a while is no matter. */
    public List<Finding> leaving(Set<String> given) {
        List<Finding> findings = new ArrayList<>();
        if (node.isServer()) {
            new ServerLeaves(site, List.of(node), voters)
                    .against(node)
                    .ifPresent(problem -> findings.add(new Finding(Finding.Severity.REFUSE, problem)));
        }
        only().forEach(volume -> findings.add(lost(volume, given)));
        degraded().ifPresent(findings::add);
        elsewhere.nowhere().forEach((who, why) -> findings.add(nowhere(who, why)));
        return findings;
    }

    /** With a dead one counted, etcd is worse off than without it, whatever the number. */
    private Finding even(int left, boolean agreed) {
        String what = node.name() + ": " + left + " servers are left, an even number";
        String why = "etcd of " + left + " needs " + (left / 2 + 1) + " of them, so that it bears no more losses than "
                + (left - 1) + " would; an inventory with " + left + " servers is not accepted";
        String next = "then remove another server, or have a new one join";
        return agreed || dead
                ? Finding.warn(what, why, next)
                : Finding.refuse(what, why, next + "; for the time between: --even-servers");
    }

    private List<Volume> only() {
        return storage.with(Risk.ONE_NODE).stream()
                .filter(volume -> volume.nodes().contains(node.name().text())
                        || volume.nodes().contains(ANY) && isUsedHere(volume))
                .toList();
    }

    private boolean isUsedHere(Volume volume) {
        return elsewhere.using(volume.title()).stream()
                .anyMatch(pod -> pod.node().equals(node.name().text()));
    }

    private Finding lost(Volume volume, Set<String> given) {
        String users = elsewhere.using(volume.title()).stream().map(Pod::told).collect(Collectors.joining(", "));
        String why = volume.name() + ", " + volume.kind() + ", "
                + (users.isEmpty() ? "used by no pod now" : "used by " + users);
        return given.contains(volume.title())
                ? Finding.warn(
                        volume.title() + ": its data is lost with " + node.name(),
                        why,
                        "you gave it up; afterwards: kubectl delete what still asks for it")
                : Finding.refuse(
                        volume.title() + ": its data lies on " + node.name() + " alone",
                        why,
                        "bring it elsewhere first (homelab storage shows where data lies); to give it up: --lose-data "
                                + volume.title());
    }

    private Optional<Finding> degraded() {
        List<Volume> fewer = storage.volumes().stream()
                .filter(volume -> volume.risk() == Risk.SAFE || volume.risk() == Risk.DEGRADED)
                .filter(volume -> volume.nodes().contains(node.name().text()))
                .toList();
        String titles = fewer.stream().map(Volume::title).collect(Collectors.joining(", "));
        return fewer.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.note(
                        titles + ": one copy fewer",
                        "a copy of it lies on " + node.name(),
                        "homelab storage shows when the copies are enough again; they need a node without one"));
    }

    private static Finding nowhere(String who, String why) {
        return Finding.warn(who + " has nowhere to go", why, "its pods wait until there is a place");
    }
}
