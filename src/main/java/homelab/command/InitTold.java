package homelab.command;

import homelab.adopt.Candidate;
import homelab.adopt.Member;
import homelab.report.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What is said when an inventory was written. */
record InitTold(Io io, boolean json, Path file, String cluster) {

    void members(List<Member> members) {
        long servers = members.stream().filter(Member::server).count();
        tell(
                members.stream().map(InitTold::node).toList(),
                servers + " server(s), " + (members.size() - servers) + " agent(s)");
        members.stream()
                .filter(member -> !member.unseen().isEmpty())
                .forEach(member -> io.err().println(member.name() + " was not reached: " + member.unseen()));
        io.err().println("next:    homelab validate -i " + file + "; homelab plan --adopt -i " + file);
    }

    void candidates(List<Candidate> hosts) {
        tell(hosts.stream().map(InitTold::node).toList(), hosts.size() + " host(s)");
        io.err().println("next:    read it, then homelab plan -i " + file);
    }

    private void tell(List<Map<String, Object>> nodes, String summary) {
        if (json) {
            io.out()
                    .print(Json.document(
                            "init/v1", Map.of("file", file.toString(), "cluster", cluster, "nodes", nodes)));
        } else {
            io.out().println(file + ": cluster " + cluster + ", " + summary);
        }
    }

    private static Map<String, Object> node(Member member) {
        return Map.of(
                "name", member.name(),
                "address", member.address().toString(),
                "role", member.server() ? "server" : "agent",
                "reached", member.unseen().isEmpty());
    }

    private static Map<String, Object> node(Candidate host) {
        return Map.of("name", host.name(), "address", host.address().toString(), "reached", true);
    }
}
