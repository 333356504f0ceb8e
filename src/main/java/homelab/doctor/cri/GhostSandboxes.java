package homelab.doctor.cri;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.facts.Sections;
import homelab.model.Node;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** CRI-001: containerd keeps no sandbox of a pod that is gone, and none that bars another its name. */
final class GhostSandboxes implements CriCheck {
    private static final Duration OLD = Duration.ofHours(1);
    private static final int MANY = 20;

    @Override
    public String id() {
        return "CRI-001";
    }

    @Override
    public Finding judge(House house, Node node, Sections seen, List<Sandbox> sandboxes, Set<String> pods) {
        String name = node.name().text();
        List<String> conflicts = seen.lines("conflicts").stream()
                .filter(line -> line.startsWith("failed"))
                .map(line -> line.replace("\\", ""))
                .distinct()
                .toList();
        if (!conflicts.isEmpty()) {
            return fail(name, "pods cannot start: an old sandbox or container keeps their name")
                    .by(conflicts)
                    .fix(recover(name));
        }
        List<Sandbox> ghosts = ghosts(house, sandboxes, pods);
        if (!ghosts.isEmpty()) {
            return ghosts(name, ghosts);
        }
        List<Sandbox> turned = turned(sandboxes);
        return turned.isEmpty()
                ? pass(name, "containerd keeps nothing of pods that are gone")
                : warn(name, "a later start of a pod is dated before an earlier one: its clock was set while k3s ran")
                        .by(turned.stream().map(Sandbox::told).toList())
                        .fix("see that the clock is right (timedatectl); if one of these pods does not start: "
                                + recover(name));
    }

    private static String recover(String node) {
        return "homelab recover-sandboxes --node " + node;
    }

    @Override
    public Finding hanging(Node node) {
        return fail(node.name().text(), "containerd runs, and does not answer: no pod starts or ends here")
                .by("k3s crictl pods: no answer")
                .fix("on it: sudo systemctl restart " + node.role().unit() + "; if that does not help: homelab reboot "
                        + node.name() + " --no-drain");
    }

    private Finding ghosts(String name, List<Sandbox> ghosts) {
        String what = ghosts.size() == 1
                ? "a sandbox of a pod that is gone is still kept"
                : ghosts.size() + " sandboxes of pods that are gone are still kept";
        return (ghosts.size() < MANY ? warn(name, what) : fail(name, what))
                .by(ghosts.stream().map(Sandbox::told).toList())
                .fix(recover(name));
    }

    /** Half-made ones have no date; whatever made them was killed. */
    private static List<Sandbox> ghosts(House house, List<Sandbox> sandboxes, Set<String> pods) {
        long limit = house.now().minus(OLD).getEpochSecond();
        return sandboxes.stream()
                .filter(one -> !one.ready() && !pods.contains(one.uid()) && one.created() < limit)
                .toList();
    }

    /** The kubelet before 1.35 takes the last by date for the latest, and then asks for a name that is taken. */
    private static List<Sandbox> turned(List<Sandbox> sandboxes) {
        Map<String, List<Sandbox>> byPod =
                sandboxes.stream().filter(one -> one.created() > 0).collect(Collectors.groupingBy(Sandbox::uid));
        return byPod.values().stream()
                .filter(GhostSandboxes::isTurned)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Sandbox::pod).thenComparing(Sandbox::attempt))
                .toList();
    }

    private static boolean isTurned(List<Sandbox> starts) {
        return starts.stream()
                .anyMatch(one -> starts.stream()
                        .anyMatch(other -> one.attempt() < other.attempt() && one.created() > other.created()));
    }
}
