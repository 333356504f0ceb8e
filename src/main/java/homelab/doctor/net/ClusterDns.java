package homelab.doctor.net;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.check.Condition.Name;
import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.FromCondition;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** NET-008: the cluster's names resolve, asked from every host, and by more than one CoreDNS where there are three servers. */
final class ClusterDns implements Check {
    static final Listing PODS = new Listing(
            "pods",
            "/api/v1/pods",
            List.of("metadata.name", "metadata.namespace", "metadata.labels", "spec.nodeName", "status.conditions"));
    static final Listing POLICIES =
            new Listing("networkpolicies", "/apis/networking.k8s.io/v1/networkpolicies", List.of("metadata.name"));
    private static final int HIGHLY_AVAILABLE = 3;

    @Override
    public String id() {
        return "NET-008";
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return here(cluster) ? List.of(DnsQuery.of(cluster), FromPods.of(cluster)) : List.of();
    }

    @Override
    public List<Listing> listings() {
        return List.of(PODS, POLICIES);
    }

    private static boolean here(Cluster cluster) {
        return !cluster.k3s().disable().contains("coredns");
    }

    @Override
    public List<Finding> judge(House house) {
        if (!here(house.cluster())) {
            return List.of(absent("cluster", "the inventory disables CoreDNS"));
        }
        List<Finding> findings = new ArrayList<>(FromCondition.of(this, house, Name.CoreDNSAvailable));
        house.cluster().nodes().forEach(node -> findings.add(judge(house, node)));
        if (house.cluster().servers().size() >= HIGHLY_AVAILABLE) {
            findings.add(spread(house));
        }
        return findings;
    }

    private Finding judge(House house, Node node) {
        String name = node.name().text();
        Reading<String> said = house.reading(node, DnsQuery.of(house.cluster()));
        if (!(said instanceof Reading.Known<String> known)) {
            return unknown(name, ((Reading.Unknown<String>) said).why());
        }
        String seen = DnsQuery.server(house.cluster()) + ":53/udp: " + known.value();
        return known.value().equals("answered")
                ? fromPods(house, node, seen)
                : fail(name, "the cluster's DNS does not answer this host")
                        .by(seen)
                        .fix("kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide");
    }

    /** Where no policy forbids pods anything, none of them being answered is the network's fault. */
    private Finding fromPods(House house, Node node, String seen) {
        String name = node.name().text();
        Optional<FromPods> pods =
                house.reading(node, FromPods.of(house.cluster())).known();
        if (pods.isEmpty() || pods.get().asked() == 0 || pods.get().names() > 0) {
            return pass(
                            name,
                            "the cluster's DNS answers this host"
                                    + (pods.map(FromPods::names).orElse(0) > 0 ? " and its pods" : ""))
                    .by(seen, pods.map(FromPods::told).orElse("its pods were not asked for"));
        }
        boolean free = house.list(POLICIES).known().map(List::isEmpty).orElse(false);
        String what = "the cluster's DNS answers this host, and none of its pods";
        return (free ? fail(name, what) : warn(name, what + " that were asked for; policies may forbid it"))
                .by(seen, pods.get().told())
                .fix("sudo iptables -S FORWARD | head -20 on " + name + "; homelab doctor --only NET-001,NET-002");
    }

    private Finding spread(House house) {
        String subject = "deployment kube-system/coredns";
        Reading<List<JsonNode>> pods = house.list(PODS);
        if (!(pods instanceof Reading.Known<List<JsonNode>> known)) {
            return unknown(subject, ((Reading.Unknown<List<JsonNode>>) pods).why());
        }
        Set<String> nodes = known.value().stream()
                .filter(ClusterDns::isReadyDns)
                .map(pod -> pod.path("spec").path("nodeName").asText())
                .collect(Collectors.toCollection(java.util.TreeSet::new));
        return nodes.size() > 1
                ? pass(subject, "is ready on " + String.join(", ", nodes))
                : warn(subject, "all names hang on one node")
                        .by("ready on: " + String.join(", ", nodes))
                        .fix("kubectl -n kube-system scale deployment coredns --replicas=2");
    }

    private static boolean isReadyDns(JsonNode pod) {
        boolean dns =
                pod.path("metadata").path("labels").path("k8s-app").asText().equals("kube-dns");
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (dns && condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }
}
