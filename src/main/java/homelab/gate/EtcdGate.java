package homelab.gate;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Verdict;
import homelab.facts.Facts;
import homelab.facts.K3sState;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.List;

/** Gate 1: k3s runs on the servers, and where they keep an etcd it has a leader. */
final class EtcdGate implements Look {
    private static final Check HEALTH = Look.check("ETCD-002");

    @Override
    public List<Check> checks() {
        return List.of(HEALTH);
    }

    /** That its containerd starts too is judged by what gate 6 looks at. */
    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(SandboxesGate.EVIDENCE);
    }

    @Override
    public List<Sight> judge(House house) {
        List<Sight> sights = new ArrayList<>();
        for (Node server : house.cluster().servers()) {
            sights.add(house.unreachable(server).isPresent() ? Sight.away(server) : judge(house, server));
        }
        return sights.stream().allMatch(sight -> sight.state() == State.AWAY)
                ? List.of(Sight.unknown("cluster", "no server answers"))
                : sights;
    }

    private static Sight judge(House house, Node server) {
        Sight unit = Units.judge(house, server);
        return unit.state().passes() ? etcd(house, server) : unit;
    }

    private static Sight etcd(House house, Node server) {
        String name = server.name().text();
        String kept =
                house.fact(server, Facts::k3s).map(K3sState::datastore).known().orElse("");
        if (kept.equals("sqlite")) {
            return Sight.pass(name, "k3s runs, and keeps its data in sqlite");
        }
        for (Finding finding : HEALTH.judge(house)) {
            if (finding.subject().equals(name)) {
                return finding.verdict() == Verdict.PASS || finding.verdict() == Verdict.WARN
                        ? Sight.pass(name, "etcd has a leader")
                        : Look.of(finding);
            }
        }
        return Sight.unknown(name, "etcd was not asked");
    }
}
