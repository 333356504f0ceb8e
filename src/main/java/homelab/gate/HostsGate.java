package homelab.gate;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Seen;
import homelab.doctor.Verdict;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Gate 0: every host answers, lets us look, can write, and has the right time. */
final class HostsGate implements Look {
    private static final Check REACHED = Look.check("HOST-001");
    private static final Check TIME = Look.check("HOST-006");
    private static final Check HANGS = Look.check("HOST-009");
    private static final Check POWER = Look.check("HOST-011");

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(HostLook.PROBE);
    }

    @Override
    public List<Check> checks() {
        return List.of(REACHED, TIME, HANGS, POWER);
    }

    @Override
    public List<Sight> judge(House house) {
        List<Sight> sights = new ArrayList<>();
        house.cluster().nodes().forEach(node -> sights.add(judge(house, node)));
        TIME.judge(house).stream()
                .filter(finding -> finding.verdict() == Verdict.FAIL)
                .map(Look::of)
                .forEach(sights::add);
        Stream.of(HANGS, POWER).forEach(check -> sights.addAll(Look.notes(house, check)));
        return sights;
    }

    private static Sight judge(House house, Node node) {
        String name = node.name().text();
        if (house.unreachable(node).isPresent()) {
            Seen.Unreachable lost = house.unreachable(node).get();
            return Sight.waits(name, "does not answer: " + lost.why(), lost.fix());
        }
        for (Finding finding : REACHED.judge(house)) {
            if (finding.subject().equals(name) && finding.verdict() == Verdict.FAIL) {
                return Sight.waits(name, finding.what(), finding.fix());
            }
        }
        Reading<HostLook> look = house.reading(node, HostLook.PROBE);
        return Look.of(node, look, seen -> judge(name, seen));
    }

    private static Sight judge(String name, HostLook seen) {
        if (!seen.readOnly().isEmpty()) {
            return Sight.broken(
                    name,
                    "cannot write " + String.join(", ", seen.readOnly()) + ": the file system is read-only",
                    "homelab doctor --only HOST-010 --node " + name + "; check the disk and boot it again");
        }
        if (!seen.full().isEmpty()) {
            return Sight.broken(
                    name,
                    "has less than 100 MiB left on " + String.join(", ", seen.full()),
                    "on it: sudo journalctl --vacuum-size=200M; sudo k3s crictl rmi --prune");
        }
        return Sight.pass(name, "answers, up " + Words.age(seen.up()));
    }
}
