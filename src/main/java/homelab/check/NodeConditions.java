package homelab.check;

import homelab.check.ApiView.NodeView;
import homelab.check.ApiView.Status;
import homelab.check.Condition.Name;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Conditions that the API shows of a Node. */
final class NodeConditions {
    private NodeConditions() {}

    static Condition ready(Node node, ApiView api) {
        return judge(Name.NodeReady, node, api, found -> ready(node, found));
    }

    private static Condition ready(Node node, NodeView found) {
        Status ready = found.ready();
        return ready.isTrue()
                ? Condition.ok(Name.NodeReady, found.name(), "kubelet " + found.version() + " is Ready")
                : Condition.bad(
                        Name.NodeReady,
                        found.name(),
                        "Ready is " + ready.status() + told(ready),
                        "see why on " + found.name() + ": sudo journalctl -u "
                                + node.role().unit() + " -n 50");
    }

    /** Only where there is an etcd: the inventory asks for one, or k3s shows its condition. */
    static Optional<Condition> etcdVoter(Cluster cluster, Node node, ApiView api) {
        boolean wanted = cluster.k3s().clusterInit() || cluster.servers().size() > 1;
        boolean shown =
                api.node(node.name().text()).flatMap(NodeView::etcdVoter).isPresent();
        if (!node.isServer() || !(wanted || shown)) {
            return Optional.empty();
        }
        return Optional.of(judge(Name.EtcdIsVoter, node, api, NodeConditions::voter));
    }

    private static Condition voter(NodeView found) {
        Status voter = found.etcdVoter().orElse(new Status("Unknown", "", "no condition EtcdIsVoter yet"));
        return voter.isTrue()
                ? Condition.ok(Name.EtcdIsVoter, found.name(), "its etcd member votes")
                : Condition.bad(
                        Name.EtcdIsVoter,
                        found.name(),
                        "EtcdIsVoter is " + voter.status() + told(voter),
                        "a new member votes once it has caught up; else on " + found.name()
                                + ": sudo journalctl -u k3s -n 50");
    }

    static Optional<Condition> labelsSet(Node node, ApiView api) {
        if (node.labels().isEmpty() && node.taints().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(judge(Name.LabelsSet, node, api, found -> labels(node, found)));
    }

    private static Condition labels(Node node, NodeView found) {
        List<String> missing = new ArrayList<>();
        node.labels().stream()
                .filter(label -> !label.value().equals(found.labels().get(label.key())))
                .forEach(label -> missing.add("label " + label));
        node.taints().stream()
                .filter(taint -> !found.taints().contains(taint.toString()))
                .forEach(taint -> missing.add("taint " + taint));
        return missing.isEmpty()
                ? Condition.ok(Name.LabelsSet, found.name(), "all labels and taints of the inventory are set")
                : Condition.bad(
                        Name.LabelsSet, found.name(), "not set: " + String.join(", ", missing), "homelab bootstrap");
    }

    private static Condition judge(Name name, Node node, ApiView api, Function<NodeView, Condition> judge) {
        String subject = node.name().text();
        if (api.nodes() instanceof Reading.Unknown<List<NodeView>> unknown) {
            return Condition.unknown(name, subject, unknown.why(), "");
        }
        return api.node(subject)
                .map(judge)
                .orElseGet(() -> Condition.bad(
                        name, subject, "it is not a member of the cluster", "homelab join-node " + subject));
    }

    private static String told(Status status) {
        return status.message().isEmpty() ? "" : ": " + status.message();
    }
}
