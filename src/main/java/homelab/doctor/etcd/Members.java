package homelab.doctor.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.json.JsonAnswer;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** ETCD-001: etcd's members are the servers of the inventory, each with a vote. */
final class Members implements EtcdCheck<List<Members.Member>> {

    /** @param name empty for one that has never started; @param peers where the others reach it */
    record Member(String name, List<String> peers, boolean learner) {
        boolean isAt(Ip ip) {
            return peers.contains("https://" + (ip.isV6() ? "[" + ip + "]" : ip.toString()) + ":2380");
        }

        boolean votes() {
            return !learner && !name.isEmpty();
        }

        String text() {
            return (name.isEmpty() ? "(never started)" : name) + " at " + String.join(", ", peers)
                    + (learner ? ", a learner" : "");
        }
    }

    /** On 2382 where k3s gives HTTP a port of its own, else on 2379 (k3s pkg/etcd; etcd 3.5, gRPC gateway). */
    private static final Probe<List<Member>> PROBE =
            new Probe<>("doctor:etcd-members", """
            cd /var/lib/rancher/k3s/server/tls/etcd 2>/dev/null && [ -f client.key ] || { echo 'this server has no keys of etcd'; exit 1; }
            command -v curl >/dev/null || { echo 'curl is missing (apt-get install curl)'; exit 1; }
            members() {
              curl -sf -m 4 --noproxy '*' --cacert server-ca.crt --cert client.crt --key client.key \\
                -d '{"linearizable":true}' "https://127.0.0.1:$1/v3/cluster/member/list"
            }
            members 2382 || members 2379 || { echo 'etcd does not tell its members, as without a majority of them'; exit 1; }
            """, Duration.ofSeconds(12), Members::parse);

    @Override
    public String id() {
        return "ETCD-001";
    }

    @Override
    public Probe<List<Member>> probe(Cluster cluster) {
        return PROBE;
    }

    private static List<Member> parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(answer.text().strip());
        }
        List<Member> members = new ArrayList<>();
        for (JsonNode member : JsonAnswer.tree(answer.text()).path("members")) {
            List<String> peers = new ArrayList<>();
            member.path("peerURLs").forEach(peer -> peers.add(peer.asText()));
            members.add(new Member(
                    member.path("name").asText(),
                    peers,
                    member.path("isLearner").asBoolean()));
        }
        if (members.isEmpty()) {
            throw new IllegalStateException("etcd told no members");
        }
        return members;
    }

    @Override
    public Finding judge(House house, Node server, List<Member> members) {
        String name = server.name().text();
        List<Node> servers = house.cluster().servers();
        List<String> wrong = new ArrayList<>();
        servers.stream()
                .filter(one -> members.stream().noneMatch(member -> member.isAt(one.ip())))
                .forEach(one -> wrong.add(one.name() + " is no member"));
        members.stream()
                .filter(member -> servers.stream().noneMatch(one -> member.isAt(one.ip())))
                .forEach(member -> wrong.add("a member that the inventory does not know: " + member.text()));
        List<String> all = members.stream().map(Member::text).toList();
        if (!wrong.isEmpty()) {
            return fail(name, "etcd's members are not the servers: " + String.join("; ", wrong))
                    .by(all)
                    .fix("homelab plan");
        }
        long votes = members.stream().filter(Member::votes).count();
        if (votes < members.size()) {
            return warn(name, "a member of etcd has no vote yet").by(all).fix("homelab status");
        }
        return pass(name, votes == 1 ? "is etcd's only member" : votes + " members, each with a vote")
                .by(all);
    }
}
