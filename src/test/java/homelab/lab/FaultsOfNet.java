package homelab.lab;

import static homelab.lab.Fault.fails;
import static homelab.lab.Fault.warns;

import java.util.List;

/** What is between hosts, and between pods. */
final class FaultsOfNet {
    private static final String MASQUERADE =
            "iptables -t nat ACT POSTROUTING -s 10.42.0.0/16 -o flannel.1 -j MASQUERADE";

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
                                "cp -p /etc/ufw/user.rules /root/; yes | ufw delete $(ufw status numbered |"
                                        + " sed -n 's/^\\[ *\\([0-9]*\\)\\] 10250.*/\\1/p' | head -n 1)",
                                "mv /root/user.rules /etc/ufw/; ufw reload")
                        .below("NET-005", "K3S-006", "K3S-007"),
                fails("NET-008", "CoreDNS scaled to nothing")
                        .kubectl(
                                "-n kube-system scale deployment coredns --replicas=0",
                                "-n kube-system scale deployment coredns --replicas=1"),
                fails("NET-001", "UFW off").on(Lab.AGENT, "ufw disable", "ufw --force enable"),
                fails("NET-003", "10250 open to everybody")
                        .on(Lab.AGENT, "ufw insert 1 allow 10250/tcp", "ufw delete allow 10250/tcp"),
                fails("NET-005", "10250 dropped by a rule that is not UFW's")
                        .on(
                                Lab.AGENT,
                                "iptables -I INPUT -p tcp --dport 10250 -j DROP",
                                "iptables -D INPUT -p tcp --dport 10250 -j DROP")
                        .below("K3S-006", "K3S-007"),
                fails("NET-005", "a name of the API that its certificate lacks")
                        .on(
                                Lab.SERVER,
                                "echo '127.0.0.1 k3s.home.arpa' >>/etc/hosts",
                                "sed -i '/k3s.home.arpa/d' /etc/hosts")
                        .where("  secrets-encryption: true", "  secrets-encryption: true\n  tls-san: [k3s.home.arpa]"),
                fails("NET-006", "the LAN takes smaller packets than one host sends")
                        .on(Lab.AGENT, "ip link set eth0 mtu 1300", "ip link set eth0 mtu 1500; ip route flush cache")
                        .on(Lab.SERVER, "true", "ip route flush cache"),
                warns("NET-006", "a rule that gives pods' packets the node's address")
                        .on(
                                Lab.AGENT,
                                MASQUERADE.replace("ACT", "-I"),
                                MASQUERADE.replace("ACT", "-D") + "; conntrack -D -s 10.42.0.0/16 >/dev/null 2>&1; :"),
                fails("NET-007", "a route that takes pods' addresses elsewhere")
                        .on(
                                Lab.AGENT,
                                "ip route add 10.42.7.0/24 via $(ip route | sed -n 's/^default via \\([^ ]*\\).*/\\1/p')",
                                "ip route del 10.42.7.0/24"),
                loop());
    }

    /** CoreDNS asks itself: the name server that its host was given is the pod's own loopback. */
    private static Fault loop() {
        String file = "/var/lib/rancher/k3s/agent/etc/resolv.conf";
        String restart = "k3s kubectl -n kube-system delete pod -l k8s-app=kube-dns --grace-period=1";
        String put = "cp -p " + file + " /root/resolv.conf; echo nameserver 127.0.0.1 >" + file;
        String undo = "mv /root/resolv.conf " + file;
        return fails("NET-008", "DNS in a loop")
                .on(Lab.SERVER, "true", restart)
                .on(Lab.AGENT, put, undo)
                .on(Lab.SERVER, put + "; " + restart, undo)
                .below("POD-005");
    }
}
