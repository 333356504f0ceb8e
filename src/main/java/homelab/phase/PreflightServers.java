package homelab.phase;

import static homelab.plan.Finding.refuse;

import homelab.facts.Facts;
import homelab.facts.K3sSettings.DropIn;
import homelab.model.Cluster;
import homelab.model.ClusterToken;
import homelab.model.K3s;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Secret;
import homelab.plan.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules about servers beside each other: what k3s compares between them, and would end for when it differs. */
public final class PreflightServers {
    private PreflightServers() {}

    /** A drop-in wins over the file that homelab writes, so that homelab cannot mend what it says. */
    static List<Finding> dropIns(Cluster cluster, Map<NodeName, Facts> facts) {
        List<Finding> findings = new ArrayList<>();
        for (Node node : cluster.servers()) {
            Optional.ofNullable(facts.get(node.name()))
                    .flatMap(host -> host.k3s().known())
                    .map(k3s -> k3s.settings().dropIns())
                    .ifPresent(lines ->
                            lines.forEach(line -> otherwise(cluster, node, line).ifPresent(findings::add)));
        }
        return findings;
    }

    /**
     * Told of etcd, k3s would move its data at its next start: without a copy, and never to be taken up again if that broke
     * off half-way.
     */
    static List<Finding> datastore(Cluster cluster, Map<NodeName, Facts> facts) {
        boolean etcd = cluster.k3s().clusterInit() || cluster.servers().size() > 1;
        return cluster.servers().stream()
                .filter(node -> etcd
                        && Optional.ofNullable(facts.get(node.name()))
                                .flatMap(host -> host.k3s().known())
                                .filter(k3s -> k3s.datastore().equals("sqlite"))
                                .isPresent())
                .map(node -> refuse(
                        node.name() + " keeps the cluster's data in SQLite, and the inventory means etcd",
                        "k3s would move them at its next start without a copy, and go on with a part of them if that"
                                + " broke off",
                        cluster.servers().size() > 1
                                ? "with " + node.name() + " alone as a server: homelab promote " + node.name()
                                        + " --to-etcd; then the others join"
                                : "homelab promote " + node.name()
                                        + " --to-etcd moves them; or say k3s.cluster-init: false"))
                .toList();
    }

    private static Optional<Finding> otherwise(Cluster cluster, Node node, DropIn line) {
        String wanted = wanted(cluster).getOrDefault(line.key(), "not set");
        return wanted.equals(line.value())
                ? Optional.empty()
                : Optional.of(refuse(
                        node.name() + ": " + line.file() + " sets " + line.key()
                                + ", which all servers must have alike",
                        "it says " + line.value() + " and the inventory " + wanted
                                + "; k3s ends with \"critical configuration value mismatch\"",
                        "take the line out of " + line.file() + " on " + node.name() + ", or say the same in the"
                                + " inventory for all servers"));
    }

    private static Map<String, String> wanted(Cluster cluster) {
        K3s k3s = cluster.k3s();
        Map<String, String> wanted = new HashMap<>();
        k3s.config().forEach((key, value) -> wanted.put(key, value.toString()));
        wanted.put("cluster-cidr", cluster.network().pods().toString());
        wanted.put("service-cidr", cluster.network().services().toString());
        cluster.network().dns().ifPresent(dns -> wanted.put("cluster-dns", dns.toString()));
        wanted.put("flannel-backend", k3s.backend().word());
        wanted.put("secrets-encryption", String.valueOf(k3s.secretsEncryption()));
        return wanted;
    }

    /**
     * @param own the token that the inventory names
     * @param live the tokens of the servers that have one
     */
    public static List<Finding> tokens(Optional<Secret> own, Map<NodeName, Secret> live) {
        List<Finding> findings = new ArrayList<>();
        List<Map.Entry<NodeName, Secret>> servers =
                live.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        own.ifPresent(token -> servers.stream()
                .filter(server -> !same(token, server.getValue()))
                .findFirst()
                .ifPresent(server -> findings.add(notTheClusters(server.getKey()))));
        servers.stream()
                .skip(1)
                .filter(server -> !same(servers.get(0).getValue(), server.getValue()))
                .forEach(server -> findings.add(different(servers.get(0).getKey(), server.getKey())));
        return findings;
    }

    private static boolean same(Secret one, Secret other) {
        return new ClusterToken(one).sameAs(new ClusterToken(other));
    }

    private static Finding notTheClusters(NodeName server) {
        return refuse(
                "the token of the inventory is not the cluster's",
                "/var/lib/rancher/k3s/server/token on " + server + " is another one, and the data of the cluster is"
                        + " sealed with that",
                "put the cluster's own token into the source that k3s.token names, or leave k3s.token out: the live"
                        + " one is then read");
    }

    private static Finding different(NodeName one, NodeName other) {
        return refuse(
                one + " and " + other + ": have different tokens",
                "/var/lib/rancher/k3s/server/token differs, so that they are not servers of one cluster, or a change"
                        + " of the token was broken off",
                "homelab token rotate goes on with a change that was broken off; else compare the two files");
    }
}
