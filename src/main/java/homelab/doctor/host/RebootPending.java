package homelab.doctor.host;

import homelab.doctor.Finding;
import homelab.doctor.HostCheck;
import homelab.doctor.House;
import homelab.facts.Sections;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** HOST-003: no update waits for a reboot, above all no kernel. */
final class RebootPending implements HostCheck<Sections> {
    private static final Duration FAIL = Duration.ofDays(30);

    @Override
    public String id() {
        return "HOST-003";
    }

    @Override
    public Probe<Sections> probe(Node node) {
        return UpdatesWaiting.PROBE;
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return UpdatesWaiting.probes();
    }

    @Override
    public Finding judge(House house, Node node, Sections seen) {
        UpdatesWaiting waiting = UpdatesWaiting.of(seen, Contained.is(house, node));
        return told(
                house,
                node.name().text(),
                waiting.why(),
                waiting.begins().stream().min(Instant::compareTo));
    }

    private Finding told(House house, String node, List<String> why, Optional<Instant> begin) {
        if (why.isEmpty()) {
            return pass(node, "no update waits for a reboot");
        }
        boolean old =
                begin.isPresent() && Duration.between(begin.get(), house.now()).compareTo(FAIL) > 0;
        Finding finding = (old
                        ? fail(node, "updates wait for a reboot since more than 30 days")
                        : warn(node, "updates wait for a reboot"))
                .by(why)
                .fix("homelab reboot " + node);
        return begin.map(finding::since).orElse(finding);
    }
}
