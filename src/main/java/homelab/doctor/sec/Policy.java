package homelab.doctor.sec;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.doctor.Selector;
import homelab.doctor.pod.Pod;
import java.util.List;

/** A NetworkPolicy. Pods that one selects are closed in its directions, but for what the rules of all that select them open. */
record Policy(Item item) {
    static final Listing POLICIES = new Listing(
            "networkpolicies",
            "/apis/networking.k8s.io/v1/networkpolicies",
            List.of("metadata.name", "metadata.namespace", "spec"));

    /** Which way a connection goes, seen from the pod. */
    enum Direction {
        INGRESS("Ingress", "ingress", "from"),
        EGRESS("Egress", "egress", "to");

        private final String type;
        private final String rules;
        private final String peers;

        Direction(String type, String rules, String peers) {
            this.type = type;
            this.rules = rules;
            this.peers = peers;
        }

        String word() {
            return rules;
        }
    }

    static List<Policy> all(House house) {
        return Item.of(house, POLICIES).stream().map(Policy::new).toList();
    }

    String name() {
        return item.name();
    }

    boolean isIn(String namespace) {
        return item.namespace().equals(namespace);
    }

    /** The API fills in its types; where they are missing all the same, they follow from the rules. */
    boolean closes(Direction direction) {
        List<String> types = item.words("spec.policyTypes");
        return types.isEmpty()
                ? direction == Direction.INGRESS || item.at("spec.egress").exists()
                : types.contains(direction.type);
    }

    boolean selectsAll() {
        return new Selector(item.at("spec.podSelector")).selectsAll();
    }

    /** Policies of other namespaces never count. */
    boolean selects(Pod pod) {
        return isIn(pod.namespace())
                && new Selector(item.at("spec.podSelector")).selects(pod.item().map("metadata.labels"));
    }

    List<Rule> rules(Direction direction) {
        return item.items("spec." + direction.rules).stream()
                .map(rule -> new Rule(rule, direction.peers))
                .toList();
    }

    /** Whether it closes every pod of its namespace that no rule opens. */
    boolean closesAll(Direction direction) {
        return selectsAll() && closes(direction) && !opensAll(direction);
    }

    /** Whether it opens every pod of its namespace to everybody, and so takes back what others close. */
    boolean opensAll(Direction direction) {
        return selectsAll() && closes(direction) && rules(direction).stream().anyMatch(Rule::opensAll);
    }
}
