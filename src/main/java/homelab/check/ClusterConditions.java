package homelab.check;

import homelab.check.ApiView.DeploymentView;
import homelab.check.Condition.Name;
import homelab.model.Cluster;
import homelab.probe.Reading;
import java.util.Optional;

/** Conditions of the cluster as a whole. */
final class ClusterConditions {
    private static final String CLUSTER = "cluster";

    private ClusterConditions() {}

    static Condition apiReady(ApiView api) {
        if (api.ready() instanceof Reading.Unknown<Boolean> unknown) {
            return Condition.unknown(Name.ApiReady, CLUSTER, unknown.why(), "");
        }
        return api.ready().known().orElse(false)
                ? Condition.ok(Name.ApiReady, CLUSTER, "/readyz answers ok")
                : Condition.bad(
                        Name.ApiReady,
                        CLUSTER,
                        "no server answers /readyz with ok",
                        "see why on a server: sudo journalctl -u k3s -n 50");
    }

    /** Not where the inventory does without it. */
    static Optional<Condition> coreDns(Cluster cluster, ApiView api) {
        if (cluster.k3s().disable().contains("coredns")) {
            return Optional.empty();
        }
        if (api.coreDns() instanceof Reading.Unknown<Optional<DeploymentView>> unknown) {
            return Optional.of(Condition.unknown(Name.CoreDNSAvailable, CLUSTER, unknown.why(), ""));
        }
        return Optional.of(coreDns(api.coreDns().known().flatMap(found -> found)));
    }

    private static Condition coreDns(Optional<DeploymentView> found) {
        if (found.isEmpty()) {
            return bad("there is no deployment coredns in kube-system");
        }
        String count = found.get().available() + " of " + found.get().wanted() + " CoreDNS pods are available";
        return found.get().available() > 0 ? Condition.ok(Name.CoreDNSAvailable, CLUSTER, count) : bad(count);
    }

    private static Condition bad(String why) {
        return Condition.bad(
                Name.CoreDNSAvailable, CLUSTER, why, "kubectl -n kube-system describe pods -l k8s-app=kube-dns");
    }
}
