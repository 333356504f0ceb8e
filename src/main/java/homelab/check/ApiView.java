package homelab.check;

import homelab.probe.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster as its API shows it.
 *
 * @param ready whether some server answers {@code /readyz} with ok
 * @param coreDns none when there is no such deployment
 */
public record ApiView(
        Reading<Boolean> ready, Reading<List<NodeView>> nodes, Reading<Optional<DeploymentView>> coreDns) {

    /**
     * A Node.
     *
     * @param version the kubelet's, e.g. {@code v1.33.4+k3s1}
     * @param etcdVoter what k3s says in the condition EtcdIsVoter; none where there is no etcd
     * @param taints as {@code key=value:Effect}
     */
    public record NodeView(
            String name,
            boolean server,
            String version,
            Optional<Instant> created,
            Status ready,
            Optional<Status> etcdVoter,
            Map<String, String> labels,
            List<String> taints) {}

    /** A condition of the API's. @param status "True", "False" or "Unknown" */
    public record Status(String status, String reason, String message) {
        boolean isTrue() {
            return status.equals("True");
        }
    }

    public record DeploymentView(int wanted, int available) {}

    Optional<NodeView> node(String name) {
        return nodes.known()
                .flatMap(list ->
                        list.stream().filter(node -> node.name().equals(name)).findFirst());
    }

    /** Nothing of it could be looked at. */
    static ApiView unknown(String why) {
        return new ApiView(new Reading.Unknown<>(why), new Reading.Unknown<>(why), new Reading.Unknown<>(why));
    }
}
