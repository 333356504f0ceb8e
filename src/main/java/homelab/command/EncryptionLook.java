package homelab.command;

import homelab.host.Script;
import homelab.model.Node;
import homelab.phase.Site;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.resource.rotation.Encryption;
import homelab.resource.rotation.KeyNote;
import homelab.resource.rotation.SecretsHeld;
import homelab.run.Look;
import homelab.run.Parallel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What servers say of how Secrets are encrypted.
 *
 * @param servers of every server that answered
 * @param held as they lie in etcd; empty where nothing is kept in it
 * @param begun the rotation that is under way
 */
record EncryptionLook(
        Map<Node, Reading<Encryption>> servers, Optional<Reading<SecretsHeld>> held, Optional<Begun> begun) {

    /** @param before the name of the key of before */
    record Begun(Node server, String before) {}

    static EncryptionLook at(Job job) {
        Site site = job.workshop().site();
        Map<Node, Readings> asked = Parallel.allOrFail(Parallel.each(
                job.workshop().reached().stream().filter(Node::isServer).toList(),
                node -> Look.at(
                        job.workshop().fleet().host(node.name()),
                        List.of(Encryption.PROBE, KeyNote.PROBE),
                        Script.As.ROOT)));
        Map<Node, Reading<Encryption>> servers = new LinkedHashMap<>();
        asked.forEach((node, readings) -> servers.put(node, readings.of(Encryption.PROBE)));
        Optional<Begun> begun = asked.entrySet().stream()
                .flatMap(one -> one.getValue().of(KeyNote.PROBE).known().flatMap(note -> note).stream()
                        .map(before -> new Begun(one.getKey(), before)))
                .findFirst();
        return new EncryptionLook(servers, held(job, site), begun);
    }

    /** All servers read the same etcd. */
    private static Optional<Reading<SecretsHeld>> held(Job job, Site site) {
        return site.leader()
                .filter(leader -> site.k3sOf(leader)
                        .filter(k3s -> k3s.datastore().equals("etcd"))
                        .isPresent())
                .map(leader -> Look.at(
                                job.workshop().fleet().host(leader.name()), List.of(SecretsHeld.PROBE), Script.As.ROOT)
                        .of(SecretsHeld.PROBE));
    }

    Optional<Encryption> of(Node server) {
        return Optional.ofNullable(servers.get(server)).flatMap(Reading::known);
    }

    Optional<SecretsHeld> counted() {
        return held.flatMap(Reading::known);
    }

    /** Whether all that was asked for was seen. */
    boolean isWhole() {
        return !servers.isEmpty()
                && servers.values().stream().allMatch(one -> one.known().isPresent())
                && held.filter(one -> one.known().isEmpty()).isEmpty();
    }
}
