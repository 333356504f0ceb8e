package homelab.command;

import homelab.adopt.Found;
import homelab.adopt.FoundProbe;
import homelab.facts.FactProbes;
import homelab.facts.Facts;
import homelab.facts.RoundTrip;
import homelab.host.Host;
import homelab.host.Script;
import homelab.model.Node;
import homelab.model.Secret;
import homelab.phase.Outward;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.resource.rotation.TokenNote;
import homelab.run.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a host has told in one round trip.
 *
 * @param token of a server
 * @param before SHA-256 of the token of before, where its change is under way
 * @param found what others installed
 * @param left files of homelab's that are of no more use
 */
record Sight(
        Facts facts,
        Optional<Secret> token,
        Optional<String> before,
        Reading<Optional<Found>> found,
        Set<String> left) {
    private static final Probe<Optional<Secret>> TOKEN = Probe.of(
            "cluster token",
            "cat /var/lib/rancher/k3s/server/token 2>/dev/null",
            answer -> Optional.of(answer.text().strip())
                    .filter(text -> !text.isEmpty())
                    .map(Secret::new));

    static Sight of(Node node, Host host, Sights.Asked asked, Time time) {
        Instant sent = time.now();
        Readings readings = asked.of(host, probes(node), Script.As.ROOT);
        Facts facts = FactProbes.read(node, readings, new RoundTrip(sent, time.now()));
        return new Sight(
                facts,
                readings.of(TOKEN).known().flatMap(token -> token),
                readings.of(TokenNote.PROBE).known().flatMap(before -> before),
                readings.of(FoundProbe.OTHERS),
                readings.of(Outward.probe(node)).known().orElse(Set.of()));
    }

    private static List<Probe<?>> probes(Node node) {
        List<Probe<?>> probes = new ArrayList<>(FactProbes.all(node));
        probes.addAll(List.of(FoundProbe.OTHERS, Outward.probe(node)));
        if (node.isServer()) {
            probes.addAll(List.of(TOKEN, TokenNote.PROBE));
        }
        return probes;
    }
}
