package homelab.doctor.etcd;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.facts.Facts;
import homelab.facts.K3sState;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * A check that asks every server that has etcd, and judges each by its own answer.
 *
 * @param <T> what the answer reads as
 */
interface EtcdCheck<T> extends Check {

    /** Must be the same for the same cluster at every call: by its id the answer is found again. */
    Probe<T> probe(Cluster cluster);

    Finding judge(House house, Node server, T seen);

    @Override
    default List<Probe<?>> probes(Cluster cluster, Node node) {
        return node.isServer() ? List.of(probe(cluster)) : List.of();
    }

    @Override
    default List<Finding> judge(House house) {
        List<Finding> findings = new ArrayList<>();
        house.cluster().servers().forEach(server -> findings.add(judgeOne(house, server)));
        return findings;
    }

    private Finding judgeOne(House house, Node server) {
        String name = server.name().text();
        Reading<K3sState> k3s = house.fact(server, Facts::k3s);
        if (!(k3s instanceof Reading.Known<K3sState> known)) {
            return unknown(name, ((Reading.Unknown<K3sState>) k3s).why());
        }
        if (!known.value().datastore().equals("etcd")) {
            return absent(
                    name, "has no data of etcd here, but: " + known.value().datastore());
        }
        Reading<T> seen = house.reading(server, probe(house.cluster()));
        return seen instanceof Reading.Known<T> answered
                ? judge(house, server, answered.value())
                : unknown(name, ((Reading.Unknown<T>) seen).why());
    }
}
