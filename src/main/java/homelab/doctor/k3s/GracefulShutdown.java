package homelab.doctor.k3s;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.model.Node;

/** K3S-007: pods are given time to end when a host shuts down. */
final class GracefulShutdown implements KubeletCheck {

    @Override
    public String id() {
        return "K3S-007";
    }

    @Override
    public Finding judge(House house, Node node, JsonNode settings) {
        String name = node.name().text();
        String period = settings.path("shutdownGracePeriod").asText("0s");
        String critical = settings.path("shutdownGracePeriodCriticalPods").asText("0s");
        boolean byPriority = settings.path("shutdownGracePeriodByPodPriority").size() > 0;
        String seen = "shutdownGracePeriod " + period + ", of which for critical pods " + critical;
        return byPriority || period.matches(".*[1-9].*")
                ? pass(name, "pods get time to end at shutdown").by(seen)
                : warn(name, "pods get no time to end when the host shuts down")
                        .by(seen)
                        .fix("shutdownGracePeriod: 60s in a file of " + DROP_INS + ", and restart "
                                + node.role().unit());
    }

    /** k3s starts kubelets with {@code --config-dir} of this folder (k3s docs, "Kubelet configuration"). */
    private static final String DROP_INS = "/var/lib/rancher/k3s/agent/etc/kubelet.conf.d";
}
