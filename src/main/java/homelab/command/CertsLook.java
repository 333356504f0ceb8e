package homelab.command;

import homelab.doctor.k3s.CertificateFiles;
import homelab.doctor.k3s.CertificateFiles.Held;
import homelab.host.Script;
import homelab.model.Node;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.resource.rotation.Restarted;
import homelab.run.Look;
import homelab.run.Parallel;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The certificates on the hosts.
 *
 * @param held of every host that answered
 * @param begun the renewal that is under way on a host, by its name
 */
record CertsLook(Map<Node, Reading<List<Held>>> held, Map<Node, String> begun) {
    /** k3s renews at a start what ends sooner than this (docs.k3s.io, "k3s certificate"; since May 2025). */
    static final Duration SOON = Duration.ofDays(120);

    static final String RENEWAL = "certs-";

    static CertsLook at(Job job, List<Node> nodes) {
        Map<Node, Readings> asked = Parallel.allOrFail(Parallel.each(
                job.workshop().reached().stream().filter(nodes::contains).toList(),
                node -> Look.at(
                        job.workshop().fleet().host(node.name()),
                        List.of(CertificateFiles.PROBE, Restarted.WHY),
                        Script.As.ROOT)));
        Map<Node, Reading<List<Held>>> held = new LinkedHashMap<>();
        Map<Node, String> begun = new LinkedHashMap<>();
        asked.forEach((node, readings) -> {
            held.put(node, readings.of(CertificateFiles.PROBE));
            readings.of(Restarted.WHY)
                    .known()
                    .filter(why -> why.startsWith(RENEWAL))
                    .ifPresent(why -> begun.put(node, why));
        });
        return new CertsLook(held, begun);
    }

    /** Those of which it is not known when they end, though no renewal is under way there. */
    List<Node> unseen() {
        return held.keySet().stream()
                .filter(node -> !begun.containsKey(node) && ends(node).isEmpty())
                .toList();
    }

    /** When the first of a node's own certificates ends. Those that sign others are renewed in another way. */
    private Optional<Instant> ends(Node node) {
        return Optional.ofNullable(held.get(node)).flatMap(Reading::known).stream()
                .flatMap(List::stream)
                .filter(one -> !one.authority())
                .map(Held::ends)
                .min(Instant::compareTo);
    }

    boolean isDue(Node node, Instant now) {
        return begun.containsKey(node)
                || ends(node).filter(end -> end.isBefore(now.plus(SOON))).isPresent();
    }
}
