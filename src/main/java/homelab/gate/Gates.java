package homelab.gate;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gates up to one of them: what is asked for them, and how they stand. */
public final class Gates {
    private final List<Gate> wanted;

    private Gates(List<Gate> wanted) {
        this.wanted = wanted;
    }

    public static Gates upTo(Gate last) {
        return new Gates(Arrays.stream(Gate.values())
                .filter(gate -> gate.compareTo(last) <= 0)
                .toList());
    }

    private static Look look(Gate gate) {
        return switch (gate) {
            case HOSTS -> new HostsGate();
            case ETCD -> new EtcdGate();
            case API -> new ApiGate();
            case NODES -> new NodesGate();
            case CNI -> new CniGate();
            case DNS -> new DnsGate();
            case SANDBOXES -> new SandboxesGate();
            case LONGHORN -> new LonghornGate();
            case CSI -> new CsiGate();
            case VOLUMES -> new VolumesGate();
            case WORKLOADS -> new WorkloadsGate();
            case ARGOCD -> new ArgoGate();
        };
    }

    /** What is to be asked, in the form in which doctor's snapshot takes it. */
    public List<Check> checks() {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put(Asked.ID, new Asked(wanted.stream().map(Gates::look).toList()));
        wanted.forEach(gate -> look(gate).checks().forEach(check -> checks.put(check.id(), check)));
        return List.copyOf(checks.values());
    }

    /** The probes and lists of gates. What they mean is not judged by it. */
    private record Asked(List<Look> looks) implements Check {
        static final String ID = "GATE";

        @Override
        public String id() {
            return ID;
        }

        @Override
        public List<Probe<?>> probes(Cluster cluster, Node node) {
            List<Probe<?>> probes = new ArrayList<>();
            looks.forEach(look -> probes.addAll(look.probes(cluster, node)));
            return probes;
        }

        @Override
        public List<Listing> listings() {
            return looks.stream().flatMap(look -> look.listings().stream()).toList();
        }

        @Override
        public List<Finding> judge(House house) {
            return List.of();
        }
    }

    /** A gate that itself breaks is unknown, and no other. */
    public Course course(House house) {
        return new Course(wanted.stream()
                .map(gate -> new Passage(gate, judged(gate, house)))
                .toList());
    }

    private static List<Sight> judged(Gate gate, House house) {
        try {
            return look(gate).judge(house);
        } catch (RuntimeException e) {
            return List.of(Sight.unknown("cluster", "the gate itself broke: " + e));
        }
    }
}
