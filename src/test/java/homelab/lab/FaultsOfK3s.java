package homelab.lab;

import static homelab.lab.Fault.fails;

import java.util.List;

/** k3s itself and etcd. */
final class FaultsOfK3s {
    private static final String TLS = "/var/lib/rancher/k3s/server/tls/etcd";
    private static final String ETCD =
            "etcd() { curl -sf --cacert S/server-ca.crt --cert S/client.crt --key S/client.key -d \"$2\" https://127.0.0.1:2379/v3/$1; }\n"
                    .replace("S/", TLS + "/");

    /** Without writes k3s loses its leases and ends; at its start it makes its own StorageClass the default once more. */
    private static final String AGAIN = """

            sleep 20
            for i in $(seq 30); do
              k3s kubectl annotate --overwrite storageclass local-path storageclass.kubernetes.io/is-default-class=false && break
              sleep 2
            done
            """;

    private FaultsOfK3s() {}

    static List<Fault> all() {
        return List.of(
                fails("K3S-004", "a certificate that ends in 10 days")
                        .on(
                                Lab.AGENT,
                                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 10 -subj /CN=old"
                                        + " -addext basicConstraints=critical,CA:FALSE -keyout /dev/null"
                                        + " -out /var/lib/rancher/k3s/agent/old.crt 2>/dev/null",
                                "rm /var/lib/rancher/k3s/agent/old.crt"),
                fails("K3S-005", "an inventory that says otherwise than what k3s was founded with")
                        .where("  secrets-encryption: true", "  secrets-encryption: false"),
                fails("K3S-006", "eviction declared and not at work")
                        .where(
                                "  secrets-encryption: true",
                                "  secrets-encryption: true\n  kubelet-args: [\"eviction-hard=memory.available<100Mi\"]"),
                fails("K3S-008", "the token's file open to all")
                        .on(
                                Lab.SERVER,
                                "chmod 644 /var/lib/rancher/k3s/server/token",
                                "chmod 600 /var/lib/rancher/k3s/server/token"),
                fails("ETCD-001", "a member of etcd that nobody knows")
                        .on(
                                Lab.SERVER,
                                ETCD
                                        + "etcd cluster/member/add '{\"peerURLs\":[\"https://10.77.0.99:2380\"],\"isLearner\":true}'"
                                        + " | sed 's/.*\"member\":{\"ID\":\"\\([0-9]*\\)\".*/\\1/' >/run/member",
                                ETCD + "etcd cluster/member/remove \"{\\\"ID\\\":\\\"$(cat /run/member)\\\"}\""),
                fails("ETCD-002", "etcd full (NOSPACE)")
                        .on(Lab.SERVER, ETCD + alarm("ACTIVATE"), ETCD + alarm("DEACTIVATE") + AGAIN)
                        .below("K3S-001", "ETCD-001"),
                fails("ETCD-003", "etcd's disk slow")
                        .synthetic("curl says of etcd's writes that each took a hundred times as long")
                        .on(Lab.SERVER, FaultsOfHosts.inPlaceOf("curl", """
                                case "$*" in
                                *2381/metrics) /usr/bin/curl "$@" | perl -pe 's/(etcd_disk_\\w+_bucket\\{le=")([0-9.e+-]+)/$1.($2*100)/e; s/^(process_start_time_seconds )(\\S+)/$1.($2-3600)/e' ;;
                                *) exec /usr/bin/curl "$@" ;;
                                esac
                                """), "rm /usr/local/sbin/curl"),
                fails("K3S-001", "k3s stopped on the agent")
                        .on(Lab.AGENT, "systemctl stop k3s-agent", "systemctl start k3s-agent")
                        .below("K3S-002", "K3S-006", "K3S-007", "CRI-001", "CRI-002", "CRI-003", "NET-005", "NET-006"));
    }

    private static String alarm(String action) {
        return "etcd maintenance/alarm '{\"action\":\"" + action + "\",\"alarm\":\"NOSPACE\",\"memberID\":\"'$(etcd"
                + " cluster/member/list '{}' | sed 's/.*\"ID\":\"\\([0-9]*\\)\".*/\\1/')'\"}'";
    }
}
