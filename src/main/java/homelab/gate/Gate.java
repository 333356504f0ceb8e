package homelab.gate;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The gates of a cold boot in their order: each needs those before it. How long they take is what was seen in the
 * laboratory and on Raspberry Pis with an SD card; docs/reference/gates.md tells more of each.
 */
public enum Gate {
    HOSTS(
            "hosts",
            "every host answers and can write",
            60,
            180,
            "switch it on, look at its cable; then homelab recover"),
    ETCD("etcd", "k3s runs on the servers, and etcd has a leader", 20, 300, "homelab doctor --group ETCD,K3S"),
    API("API", "a server answers /readyz with ok", 30, 300, "on a server: sudo journalctl -u k3s -n 50"),
    NODES("nodes", "every node is Ready, without a taint of its absence", 60, 300, "homelab doctor --group K3S"),
    CNI("pod network", "flannel is up, and pods reach other nodes", 20, 180, "homelab doctor --group NET"),
    DNS("DNS", "CoreDNS answers every node", 40, 180, "kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide"),
    SANDBOXES("sandboxes", "no dead sandbox bars a pod", 10, 180, "homelab recover-sandboxes"),
    LONGHORN("Longhorn", "a manager, an engine and instances on every node", 60, 300, "homelab doctor --group STO"),
    CSI("CSI", "every kubelet knows Longhorn's driver", 60, 300, "homelab doctor --group STO"),
    VOLUMES("volumes", "no volume hangs between nodes, none is faulted", 60, 360, "homelab storage"),
    WORKLOADS("workloads", "StatefulSets and Deployments have their pods", 90, 600, "homelab doctor --group POD"),
    ARGOCD("Argo CD", "Argo CD runs, and knows its Applications", 60, 600, "homelab gitops status");

    private final String title;
    private final String wants;
    private final int usual;
    private final int patience;
    private final String otherwise;

    Gate(String title, String wants, int usual, int patience, String otherwise) {
        this.title = title;
        this.wants = wants;
        this.usual = usual;
        this.patience = patience;
        this.otherwise = otherwise;
    }

    public int number() {
        return ordinal();
    }

    public String title() {
        return title;
    }

    /** What it waits for. */
    public String wants() {
        return wants;
    }

    public Duration usual() {
        return Duration.ofSeconds(usual);
    }

    /** How long it is waited for before it is given up. */
    public Duration patience() {
        return Duration.ofSeconds(patience);
    }

    /** What to type when that is over. */
    public String otherwise() {
        return otherwise;
    }

    public static Optional<Gate> of(int number) {
        return Arrays.stream(values()).filter(gate -> gate.number() == number).findFirst();
    }
}
