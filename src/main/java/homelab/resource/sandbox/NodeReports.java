package homelab.resource.sandbox;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/**
 * The API has the node as Ready, and its kubelet reported within the last 40 s and since k3s was started: the API tells for
 * a while what was so before. Asked on the node itself by the kubelet's certificate, since no server may answer when it is planned.
 * 40 s: the time after which the API takes a node for lost (node-monitor-grace-period before Kubernetes 1.32).
 */
public record NodeReports(NodeName node, String unit) implements Resource {

    private Probe<Boolean> probe() {
        return new Probe<>(
                "node reports:" + node,
                Probe.LIFTED + """
                kube() { timeout 20 k3s kubectl --kubeconfig /var/lib/rancher/k3s/agent/kubelet.kubeconfig --request-timeout=15s "$@" 2>/dev/null; }
                ready=$(kube get node ${node} -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')
                told=$(kube -n kube-node-lease get lease ${node} -o 'jsonpath={.spec.renewTime}')
                at=$(date -d "${told:-never}" +%s 2>/dev/null) || exit 1
                since=$(date -d "$(systemctl show -p InactiveExitTimestamp --value ${unit})" +%s 2>/dev/null) || exit 1
                [ "$ready" = True ] && [ $(($(date +%s) - at)) -le 40 ] && [ "$at" -gt "$since" ]
                """.replace("${node}", node.text()).replace("${unit}", unit),
                Duration.ofSeconds(50),
                answer -> answer.ok());
    }

    @Override
    public String id() {
        return "node " + node + " reports";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(probe()),
                reports ->
                        reports ? Status.SAME : Status.drift(Worst.WAIT, "node " + node, "does not report", "Ready"));
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(5);
    }
}
