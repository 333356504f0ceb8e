package homelab.doctor.host;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.host.KernelLog.Repeat;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.util.List;
import java.util.stream.Stream;

/** HOST-009: nothing was killed for want of memory, and nothing hangs. */
final class Starved implements MachineCheck<KernelLog> {
    private static final int SOME = 2;
    private static final int MANY = 5;
    private static final String OURS = ".*task (?:k3s|containerd|kubelet|runc|etcd|flannel)\\S*:\\d+ blocked.*";

    @Override
    public String id() {
        return "HOST-009";
    }

    @Override
    public Probe<KernelLog> probe(Node node) {
        return KernelLog.PROBE;
    }

    @Override
    public String whose() {
        return "kernel log";
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(KernelLog.PROBE, Waiting.PROBE, Contained.PROBE);
    }

    /** What hangs now outweighs what the log tells of before; it is the host's own in a container too. */
    @Override
    public Finding judge(House house, Node node, KernelLog log) {
        Finding told = MachineCheck.super.judge(house, node, log);
        List<String> waiting = house.reading(node, Waiting.PROBE).known().orElse(List.of());
        if (waiting.size() < SOME) {
            return told;
        }
        String what = waiting.size() + " processes wait for a device and do not get on";
        Finding now = waiting.size() < MANY
                ? warn(node.name().text(), what)
                : fail(node.name().text(), what);
        return told.verdict().compareTo(now.verdict()) < 0
                ? told
                : now.by(Stream.concat(waiting.stream(), told.evidence().stream())
                        .toList());
    }

    @Override
    public Finding judgeMachine(House house, Node node, KernelLog log) {
        List<Repeat> all = log.of(Trouble.OOM, Trouble.OOM_CGROUP, Trouble.HUNG_TASK, Trouble.NFS);
        String name = node.name().text();
        if (all.isEmpty()) {
            return pass(name, "nothing was killed for want of memory, and no task hung");
        }
        return verdict(name, all).by(KernelLog.told(all)).since(all.get(0).first());
    }

    private Finding verdict(String name, List<Repeat> all) {
        List<Repeat> whole = of(all, Trouble.OOM);
        List<Repeat> hung = of(all, Trouble.HUNG_TASK);
        if (KernelLog.recent(whole) > 0) {
            return fail(name, "its memory ran out, and the kernel killed what it chose");
        }
        if (hung.stream().anyMatch(one -> one.recent() > 0 && one.sample().matches(OURS))) {
            return fail(name, "what runs Kubernetes hung for minutes");
        }
        if (!hung.isEmpty() || !of(all, Trouble.NFS).isEmpty()) {
            return warn(name, "tasks hung, waiting for a disk or a server of files");
        }
        return warn(
                name,
                whole.isEmpty()
                        ? "containers were killed at their limit of memory"
                        : "its memory ran out before today");
    }

    private static List<Repeat> of(List<Repeat> all, Trouble trouble) {
        return all.stream().filter(one -> one.trouble() == trouble).toList();
    }
}
