package homelab.gate;

import homelab.doctor.Check;
import homelab.doctor.Checks;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.doctor.Verdict;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is looked at for one gate, and how it is judged. */
interface Look {

    default List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of();
    }

    default List<Listing> listings() {
        return List.of();
    }

    /** Checks of doctor that it asks too. */
    default List<Check> checks() {
        return List.of();
    }

    List<Sight> judge(House house);

    static Check check(String id) {
        return Checks.all().stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Of every node that answers; a node that does not is away. */
    static List<Sight> ofNodes(House house, Function<Node, Sight> judge) {
        return house.cluster().nodes().stream()
                .map(node -> house.unreachable(node).isPresent() ? Sight.away(node) : judge.apply(node))
                .toList();
    }

    /** What could not be read, or what the value means. */
    static <T> Sight of(Node node, Reading<T> reading, Function<T, Sight> judge) {
        return reading instanceof Reading.Known<T> known
                ? judge.apply(known.value())
                : Sight.unknown(node.name().text(), ((Reading.Unknown<T>) reading).why());
    }

    /** Why a listing cannot be judged: the API does not tell it, or the cluster has no such kind. */
    static Optional<Sight> blind(House house, Listing listing, String absent) {
        if (house.list(listing) instanceof Reading.Unknown<?> unknown) {
            return Optional.of(
                    unknown.why().equals(Listing.NOT_INSTALLED)
                            ? Sight.absent(absent)
                            : Sight.unknown("cluster", listing.name() + ": " + unknown.why()));
        }
        return Optional.empty();
    }

    /** A finding as a sight: while a cluster boots, what fails may come. */
    static Sight of(Finding finding) {
        String what = finding.what()
                + (finding.evidence().isEmpty() ? "" : ": " + finding.evidence().get(0));
        return switch (finding.verdict()) {
            case FAIL -> Sight.waits(finding.subject(), what, finding.fix());
            case UNKNOWN -> Sight.unknown(finding.subject(), finding.what());
            case WARN, PASS, NOT_APPLICABLE -> Sight.pass(finding.subject(), finding.what());
        };
    }

    /** Only what is wrong, as something to tell. */
    static List<Sight> notes(House house, Check check) {
        return check.judge(house).stream()
                .filter(finding -> finding.verdict() == Verdict.FAIL)
                .map(finding -> Sight.note(finding.subject(), finding.what(), finding.fix()))
                .toList();
    }

    static Optional<Item> node(House house, String name) {
        return Item.of(house, Lists.NODES).stream()
                .filter(node -> node.name().equals(name))
                .findFirst();
    }
}
