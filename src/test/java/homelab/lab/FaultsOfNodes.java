package homelab.lab;

import static homelab.lab.Fault.fails;
import static homelab.lab.Fault.warns;

import java.util.List;

/** What containerd and the kubelet of a node keep, and how they fare. */
final class FaultsOfNodes {
    private static final String PODS = "/var/lib/kubelet/pods/";
    private static final String ADDRESSES = "/var/lib/cni/networks/cbr0/";

    private static final String ONE_ID = "0000000000000000000000000000000c";

    /** As of a card that was copied; there journals lie under the id from the first start on. */
    private static final String COPIED =
            "cp -p /etc/machine-id /root/; echo ID >/etc/machine-id\n".replace("ID", ONE_ID)
                    + "ln -s $(cat /root/machine-id) /var/log/journal/" + ONE_ID;

    private static final String OWN =
            "cat /root/machine-id >/etc/machine-id; rm -f /root/machine-id /var/log/journal/" + ONE_ID;

    private FaultsOfNodes() {}

    static List<Fault> all() {
        return List.of(
                warns("CRI-001", "a sandbox of a pod that is gone")
                        .synthetic("its date is put back by 2 h, the sandbox is real")
                        .on(Lab.AGENT, GHOST, "rm -f /usr/local/sbin/k3s; k3s crictl rmp $(cat /run/ghost) || :"),
                warns("CRI-002", "folders left of pods that are gone")
                        .on(
                                Lab.AGENT,
                                "for i in 1 2 3; do d=" + PODS + "00000000-0000-4000-8000-00000000000$i; mkdir -p"
                                        + " $d/volumes/kubernetes.io~empty-dir/left; : >$d/volumes/kubernetes.io~empty-dir/left/file; touch -d -20min $d; done",
                                "rm -rf " + PODS + "00000000-0000-4000-8000-*"),
                fails("CRI-003", "nine of ten addresses for pods taken")
                        .on(
                                Lab.AGENT,
                                "for i in $(seq 20 250); do : >" + ADDRESSES + "10.42.1.$i; touch -d -20min "
                                        + ADDRESSES + "10.42.1.$i; done",
                                "find " + ADDRESSES + " -name '10.42.1.*' -empty -delete"),
                warns("K3S-002", "a node cordoned and forgotten")
                        .kubectl("cordon ultron", "uncordon ultron")
                        .beside("STO-004", "PLACE-003"),
                fails("K3S-002", "a label of the inventory changed by hand")
                        .kubectl("label node ultron disk=rust --overwrite", "label node ultron disk=ssd --overwrite"),
                fails("K3S-002", "the same machine id on two hosts")
                        .on(Lab.SERVER, COPIED, OWN)
                        .on(Lab.AGENT, COPIED, OWN),
                fails("K3S-002", "a Node that the inventory does not know")
                        .where("  ultron: {", "  # ultron: {")
                        .below("STO-001"),
                fails("K3S-002", "the configuration of CNI gone")
                        .on(
                                Lab.AGENT,
                                "mv /var/lib/rancher/k3s/agent/etc/cni/net.d/10-flannel.conflist /root/",
                                "mv /root/10-flannel.conflist /var/lib/rancher/k3s/agent/etc/cni/net.d/")
                        .below("STO-004", "PLACE-003", "POD-005"),
                fails("K3S-002", "the kubelet stopped (SIGSTOP)")
                        .on(Lab.AGENT, "pkill -STOP -x kubelet", "pkill -CONT -x kubelet")
                        .below("K3S-006", "K3S-007", "STO-001", "STO-002", "STO-004", "PLACE-003", "POD-005"),
                fails("CRI-001", "containerd stopped (SIGSTOP)")
                        .on(Lab.AGENT, "pkill -STOP -x containerd", "pkill -CONT -x containerd")
                        .below("CRI-002", "CRI-003", "K3S-002", "STO-004"));
    }

    private static final String GHOST = """
            cat >/run/ghost.json <<'J'
            {"metadata": {"name": "ghost", "namespace": "default", "uid": "0bad0bad-0000-4000-8000-000000000000", "attempt": 0},
             "log_directory": "/tmp", "linux": {"security_context": {"namespace_options": {"network": 2}}}}
            J
            k3s crictl runp /run/ghost.json >/run/ghost && k3s crictl stopp $(cat /run/ghost)
            """ + FaultsOfHosts.inPlaceOf("k3s", """
                    [ "$1 $2" = "crictl pods" ] || exec /usr/local/bin/k3s "$@"
                    /usr/local/bin/k3s "$@" | perl -pe 's/("createdAt": ")(\\d+)/$1.($2-7200*10**9)/e'
                    """);
}
