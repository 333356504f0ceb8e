package homelab.resource;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.model.Ip;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of etcd as the member on one host tells them. Asked through the quorum ({@code linearizable}, etcd 3.5), any
 * member that can tell them agrees with all others, and one without a quorum tells none.
 */
public record EtcdMembers(List<Member> members) {

    /**
     * @param name empty for a member that has never started
     * @param peerUrls where the others reach it, {@code https://10.0.1.10:2380}
     */
    public record Member(String id, String name, List<String> peerUrls, boolean learner) {
        public Member {
            peerUrls = List.copyOf(peerUrls);
        }

        boolean isAt(Ip ip) {
            String host = ip.isV6() ? "[" + ip + "]" : ip.toString();
            return peerUrls.contains("https://" + host + ":2380");
        }

        boolean votes() {
            return !learner && !name.isEmpty();
        }
    }

    /** Goes to where the keys are by which etcd is asked. Only a server with data of its own has them. */
    public static final String ASK_BY = """
            cd /var/lib/rancher/k3s/server/tls/etcd 2>/dev/null && [ -f client.key ] || exit 1
            command -v curl >/dev/null || { echo 'curl is missing' >&2; exit 127; }
            """;

    /**
     * etcd answers JSON on the port of its gRPC gateway: 2382 in releases of k3s that give HTTP a port of its own, 2379
     * in others (k3s pkg/etcd; etcd 3.5, gRPC gateway).
     */
    static final String ASK = ASK_BY + """
            members() {
              curl -sf -m 8 --noproxy '*' --cacert server-ca.crt --cert client.crt --key client.key \
                -d '{"linearizable":true}' "https://127.0.0.1:$1/v3/cluster/member/list"
            }
            """;

    /** Through the quorum. */
    public static final Probe<EtcdMembers> PROBE = new Probe<>(
            "etcd:members", ASK + "members 2382 || members 2379\n", Duration.ofSeconds(20), EtcdMembers::parse);

    /**
     * What this member knew last. Without a quorum etcd serves no clients when it starts, and tells this much to its peers
     * (etcd 3.5, /members on the peer port; its HTTP/2 is for Raft alone).
     *
     * @param ip of the server that is asked
     */
    static Probe<EtcdMembers> known(Ip ip) {
        String host = ip.isV6() ? "[" + ip + "]" : ip.toString();
        return new Probe<>("etcd:known", """
                cd /var/lib/rancher/k3s/server/tls/etcd 2>/dev/null && [ -f peer-server-client.key ] || exit 1
                curl -sf -m 8 --http1.1 --noproxy '*' --cacert peer-ca.crt --cert peer-server-client.crt \\
                  --key peer-server-client.key 'https://HOST:2380/members'
                """.replace("HOST", host), Duration.ofSeconds(10), EtcdMembers::parse);
    }

    public EtcdMembers {
        members = List.copyOf(members);
    }

    static EtcdMembers parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(
                    "etcd on this host does not tell its members (exit code " + answer.exit() + ")");
        }
        return parse(answer.text());
    }

    static EtcdMembers parse(String json) {
        List<Member> members = new ArrayList<>();
        JsonNode told = JsonAnswer.tree(json);
        for (JsonNode member : told.isArray() ? told : told.path("members")) {
            List<String> urls = new ArrayList<>();
            member.path("peerURLs").forEach(url -> urls.add(url.asText()));
            members.add(new Member(
                    member.path("ID").asText(),
                    member.path("name").asText(),
                    urls,
                    member.path("isLearner").asBoolean()));
        }
        return new EtcdMembers(members);
    }

    public List<Member> at(Ip ip) {
        return members.stream().filter(member -> member.isAt(ip)).toList();
    }

    boolean votesAt(Ip ip) {
        return at(ip).stream().anyMatch(Member::votes);
    }

    public int voters() {
        return (int) members.stream().filter(Member::votes).count();
    }
}
