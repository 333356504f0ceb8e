package homelab.resource;

import homelab.model.Ip;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cluster has nothing left of an earlier life of a host that is to join: no password of its name that the host no
 * longer knows, no member of etcd at its address. k3s would turn it away for either. Asked on the leader.
 *
 * @param server whether it joins as a server
 * @param password whether the host has a node password (/etc/rancher/node/password); a fresh image has none
 */
public record FreeSeat(NodeName node, Ip ip, boolean server, boolean password) implements Resource {

    private static final String OWN =
            "where machine-id, data and Node prove that it is the same node in a new life, this takes"
                    + " its seat: homelab join-node ";

    /** Only whether there is one: what the secret holds does not leave the host. */
    private Probe<Boolean> secret() {
        String path = "/api/v1/namespaces/kube-system/secrets/" + node + ".node-password.k3s";
        String shell = "if (" + ApiReads.read(path) + ") | grep -q '\"type\"'; then echo there; else echo none; fi";
        return new Probe<>("secret:" + node, shell, Duration.ofSeconds(15), FreeSeat::isThere);
    }

    private static boolean isThere(Answer answer) {
        return answer.text().strip().equals("there");
    }

    @Override
    public String id() {
        return "seat of " + node;
    }

    @Override
    public List<Probe<?>> probes() {
        List<Probe<?>> probes = new ArrayList<>();
        if (!password) {
            probes.add(secret());
        }
        if (server) {
            probes.add(EtcdMembers.PROBE);
        }
        return probes;
    }

    @Override
    public Status status(Readings readings) {
        if (server) {
            Optional<Problem> stale = readings.of(EtcdMembers.PROBE)
                    .known()
                    .filter(list -> !list.at(ip).isEmpty())
                    .map(list -> stale());
            if (stale.isPresent()) {
                return new Status.Refused(stale.get());
            }
        }
        boolean forgotten = !password && readings.of(secret()).known().orElse(false);
        return forgotten ? new Status.Refused(reimaged()) : Status.SAME;
    }

    private Problem stale() {
        return Problem.of(
                node + ": etcd has a member at " + ip + " already, and the host has no data of it",
                "it was a server before and was installed anew, or a join was cut off; etcd takes no second member there",
                OWN + node + "; else remove the old one through a server that runs: sudo k3s kubectl delete node "
                        + node + " (k3s then takes its member out of etcd), and run again");
    }

    private Problem reimaged() {
        return Problem.of(
                node + ": the cluster knows a node of this name by a password that the host no longer has",
                "it was installed anew since it joined (/etc/rancher/node/password is gone); k3s answers \"Node password"
                        + " rejected\"",
                OWN + node + "; if it is the same node all the same: sudo k3s kubectl delete node " + node
                        + " on a server (its password goes with it), and run again; else give the host another name");
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }
}
