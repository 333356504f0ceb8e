package homelab.recovery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one host keeps of pods, and what the API says of them, as {@code templates/usr/local/lib/homelab/evidence} told it.
 *
 * @param asked the kinds of facts that were told in full, by the letter of their lines: where one is missing, nothing
 *     follows from the silence of its facts
 * @param kubelet seconds since k3s became active; 0 when it is not
 * @param runtime answers, hangs or off
 * @param taken the addresses that pods have, as the API tells
 * @param volatiles sandboxes with a folder in the tmpfs of containerd: they were made in this boot
 * @param bundles those with a bundle of the runtime
 * @param tasks those with a task
 * @param stuck those whose network could not be ended because CNI's note of it is broken
 * @param deadlines pods, as namespace/name, whose sandbox was not made within the kubelet's patience
 * @param removals how many times sandboxes of a pod were removed since the boot, by its uid
 * @param held what the kernel holds while it makes or ends a network namespace, for people
 * @param fatal whether containerd could not start because of what it keeps
 */
public record Evidence(
        Set<String> asked,
        String boot,
        long kubelet,
        String runtime,
        List<Sandbox> sandboxes,
        List<Container> containers,
        Map<String, Pod> pods,
        Set<String> taken,
        List<Conflict> conflicts,
        List<Leftover> leftovers,
        Set<String> volatiles,
        Set<String> bundles,
        Set<String> tasks,
        Set<String> stuck,
        Set<String> deadlines,
        Map<String, Integer> removals,
        List<String> held,
        boolean fatal) {

    /** The kinds without which it cannot be told whether a sandbox is alive. */
    private static final Set<String> LIFE = Set.of("s", "c", "t", "b", "h", "k");

    public Evidence {
        asked = Set.copyOf(asked);
        sandboxes = List.copyOf(sandboxes);
        containers = List.copyOf(containers);
        pods = Map.copyOf(pods);
        taken = Set.copyOf(taken);
        conflicts = List.copyOf(conflicts);
        leftovers = List.copyOf(leftovers);
        volatiles = Set.copyOf(volatiles);
        bundles = Set.copyOf(bundles);
        tasks = Set.copyOf(tasks);
        stuck = Set.copyOf(stuck);
        deadlines = Set.copyOf(deadlines);
        removals = Map.copyOf(removals);
        held = List.copyOf(held);
    }

    /** Whether all was told by which it is known what is alive. */
    public boolean isSeen() {
        return asked.containsAll(LIFE);
    }

    /** Whether the API told the pods of this node. */
    public boolean knowsPods() {
        return asked.contains("p");
    }

    Optional<Sandbox> sandbox(String id) {
        return sandboxes.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** Whether something of it is there that only what runs has. */
    public boolean isAlive(String id) {
        return bundles.contains(id)
                || tasks.contains(id)
                || of(Leftover.Shim.class).stream().anyMatch(shim -> shim.id().equals(id))
                || containers.stream().anyMatch(one -> one.sandbox().equals(id) && one.mayRun());
    }

    /** The uids of pods of which a sandbox that is not ready keeps a name that the kubelet asked for. */
    Set<String> barred() {
        return barring().stream().map(Sandbox::uid).collect(Collectors.toSet());
    }

    /** Those sandboxes themselves. */
    Set<Sandbox> barring() {
        return conflicts.stream()
                .filter(conflict -> !conflict.container())
                .flatMap(conflict -> sandbox(conflict.holder()).stream())
                .filter(one -> !one.ready())
                .collect(Collectors.toSet());
    }

    /** The pod's namespace and name, by what is kept of it. */
    public Optional<String> nameOf(String uid) {
        return sandboxes.stream()
                .filter(one -> one.uid().equals(uid))
                .map(Sandbox::pod)
                .findFirst();
    }

    /** Whether it keeps a name that the kubelet asked for. */
    public boolean bars(Sandbox sandbox) {
        return barring().contains(sandbox);
    }

    /** The uids of pods that have a sandbox which is ready. */
    Set<String> ready() {
        return sandboxes.stream().filter(Sandbox::ready).map(Sandbox::uid).collect(Collectors.toSet());
    }

    /** Whether the pod has a sandbox that is ready. */
    public boolean isReady(String uid) {
        return ready().contains(uid);
    }

    <L extends Leftover> List<L> of(Class<L> kind) {
        return leftovers.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** How often, and when last, the kubelet asked for a name of this pod. */
    public List<Conflict> conflictsOf(String pod) {
        return conflicts.stream().filter(one -> one.pod().equals(pod)).toList();
    }
}
