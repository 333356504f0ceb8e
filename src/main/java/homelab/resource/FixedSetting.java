package homelab.resource;

import homelab.model.Cidr;
import homelab.model.Cluster;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the things that k3s fixes when a cluster is founded is as the inventory says. Judged by what the cluster is, not
 * by what a file says. Asked on the leader.
 *
 * @param key as the inventory names it
 * @param fact as the probe names it
 * @param wanted the fact's value if the inventory is right
 * @param fix what can be done when it is not
 */
public record FixedSetting(String key, String fact, String wanted, String fix) implements Resource {
    private static final String NEW_CLUSTER =
            "set it back in the inventory; the only way to another value is a new cluster";

    private static final Probe<Map<String, String>> PROBE = Probe.of("founded with", """
            data=/var/lib/rancher/k3s/server
            [ ! -r /run/flannel/subnet.env ] || while IFS= read -r line; do
              case $line in FLANNEL_NETWORK=*) echo "pods ${line#*=}" ;; esac
            done </run/flannel/subnet.env
            if [ -f $data/cred/encryption-config.json ]; then echo encrypted true; else echo encrypted false; fi
            if [ -d $data/db/etcd/member/wal ]; then echo datastore etcd; else echo datastore SQLite; fi
            """, FixedSetting::parse);
    private static final Pattern ADDRESS = Pattern.compile("\"clusterIP\": *\"([^\"]*)\"");
    private static final Probe<Map<String, String>> SERVICE = ApiReads.probe(
            "api:first-service", "/api/v1/namespaces/default/services/kubernetes", FixedSetting::service);

    /** Kubernetes gives its own API the first address of the network of services. */
    public static List<FixedSetting> all(Cluster cluster) {
        boolean encrypted = cluster.k3s().secretsEncryption();
        Cidr services = cluster.network().services();
        List<FixedSetting> all = new ArrayList<>(List.of(
                new FixedSetting(
                        "network.pods", "pods", cluster.network().pods().toString(), NEW_CLUSTER),
                new FixedSetting(
                        "network.services", "first-service", services.first().toString(), NEW_CLUSTER),
                new FixedSetting(
                        "k3s.secrets-encryption",
                        "encrypted",
                        String.valueOf(encrypted),
                        encrypted
                                ? "set it back in the inventory; what else there is tells homelab secrets-encryption enable"
                                : "set it back in the inventory; without it k3s could not read what is encrypted")));
        if (cluster.servers().size() > 1) {
            all.add(new FixedSetting(
                    "the number of servers",
                    "datastore",
                    "etcd",
                    "with one server in the inventory first: homelab promote "
                            + cluster.servers().get(0).name()
                            + " --to-etcd, which moves its data from SQLite to etcd"));
        }
        return all;
    }

    private static Map<String, String> parse(Answer answer) {
        Map<String, String> found = new HashMap<>();
        answer.text().lines().map(line -> line.split(" ", 2)).forEach(words -> found.put(words[0], words[1]));
        return found;
    }

    /** Nothing where the API does not tell it. */
    private static Map<String, String> service(Answer answer) {
        Matcher address = ADDRESS.matcher(answer.text());
        return address.find() ? Map.of("first-service", address.group(1)) : Map.of();
    }

    private Probe<Map<String, String>> probe() {
        return fact.equals("first-service") ? SERVICE : PROBE;
    }

    @Override
    public String id() {
        return key + ", as founded";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(probe()),
                found -> Optional.ofNullable(found.get(fact))
                        .filter(is -> !is.equals(wanted))
                        .<Status>map(is -> new Status.Refused(problem(is)))
                        .orElse(Status.SAME));
    }

    private Problem problem(String is) {
        return Problem.of(
                key + " cannot be changed: it is fixed since the cluster was founded",
                "the cluster has " + fact + " " + is + " where the inventory means " + wanted,
                fix);
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }
}
