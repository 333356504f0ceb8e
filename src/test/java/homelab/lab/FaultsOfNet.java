package homelab.lab;

import static homelab.lab.Fault.fails;

import java.util.List;

/** What is between hosts, and between pods. */
final class FaultsOfNet {
    private FaultsOfNet() {}

    static List<Fault> all() {
        return List.of(
                fails("NET-006", "8472/udp closed, one way only")
                        .on(
                                Lab.AGENT,
                                "iptables -I INPUT -p udp --dport 8472 -j DROP",
                                "iptables -D INPUT -p udp --dport 8472 -j DROP")
                        .below("NET-008", "STO-002", "STO-004", "POD-005"),
                fails("NET-002", "a rule of UFW deleted: 10250 from the server")
                        .on(
                                Lab.AGENT,
                                "cp -p /etc/ufw/user.rules /root/; " + delete("10250"),
                                "mv /root/user.rules /etc/ufw/; ufw reload")
                        .below("NET-005", "K3S-006", "K3S-007"),
                fails("NET-008", "CoreDNS scaled to nothing")
                        .kubectl(
                                "-n kube-system scale deployment coredns --replicas=0",
                                "-n kube-system scale deployment coredns --replicas=1"));
    }

    private static String delete(String port) {
        return "yes | ufw delete $(ufw status numbered | sed -n 's/^\\[ *\\([0-9]*\\)\\] " + port
                + ".*/\\1/p' | head -n 1)";
    }
}
