package homelab.gate;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Verdict;
import homelab.model.Node;
import java.util.List;
import java.util.Optional;

/** Gate 5: CoreDNS is there and answers every node; Longhorn's managers call each other by name. */
final class DnsGate implements Look {
    private static final Check NAMES = Look.check("NET-008");

    @Override
    public List<Check> checks() {
        return List.of(NAMES);
    }

    @Override
    public List<Sight> judge(House house) {
        List<Finding> findings = NAMES.judge(house);
        if (findings.stream().allMatch(finding -> finding.verdict() == Verdict.NOT_APPLICABLE)) {
            return List.of(Sight.absent("the inventory does without CoreDNS"));
        }
        return findings.stream().map(finding -> sight(house, finding)).toList();
    }

    private static Sight sight(House house, Finding finding) {
        Optional<Node> node = house.cluster().nodes().stream()
                .filter(one -> one.name().text().equals(finding.subject()))
                .findFirst();
        return node.isPresent() && house.unreachable(node.get()).isPresent()
                ? Sight.away(node.get())
                : Look.of(finding);
    }
}
