package homelab.doctor;

import homelab.facts.Sections;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.List;

/**
 * A check that asks every host the same and judges each by its own answer.
 *
 * @param <T> what the host's answer reads as
 */
public interface HostCheck<T> extends Check {

    /** Must be the same for the same node at every call: by its id the answer is found again. */
    Probe<T> probe(Node node);

    /** @param seen what the host answered */
    Finding judge(House house, Node node, T seen);

    /** Whether this node is judged at all. */
    default boolean appliesTo(Cluster cluster, Node node) {
        return true;
    }

    @Override
    default List<Probe<?>> probes(Cluster cluster, Node node) {
        return appliesTo(cluster, node) ? List.of(probe(node)) : List.of();
    }

    @Override
    default List<Finding> judge(House house) {
        return house.cluster().nodes().stream()
                .filter(node -> appliesTo(house.cluster(), node))
                .map(node -> judgeOne(house, node))
                .toList();
    }

    private Finding judgeOne(House house, Node node) {
        Reading<T> reading = house.reading(node, probe(node));
        if (!(reading instanceof Reading.Known<T> known)) {
            return unknown(node.name().text(), ((Reading.Unknown<T>) reading).why());
        }
        try {
            return judge(house, node, known.value());
        } catch (Sections.Missing e) {
            return unknown(node.name().text(), String.valueOf(e.getMessage()));
        }
    }
}
