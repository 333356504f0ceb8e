package homelab.command;

import homelab.adopt.Candidate;
import homelab.adopt.Found;
import homelab.command.InitLook.Sight;
import homelab.facts.Facts;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.run.Parallel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Hosts that may have no cluster yet. */
record InitHosts(InitLook look) {

    /** @param found hosts that were looked at; @param away those that listen and could not be, and why */
    record Seen(List<Candidate> found, Map<Ip, String> away) {

        void refuseNone() {
            if (found.isEmpty()) {
                throw new Failure(
                        Exit.BLIND,
                        Problem.of(
                                "no host could be looked at",
                                away.size() + " listen(s) on port 22 and let nobody in",
                                "--user, --key or --known-hosts"));
            }
        }
    }

    /** Of the addresses those at which something listens on the port of SSH. */
    static List<Ip> listening(List<Ip> all) {
        List<Ip> there =
                Parallel.allOrFail(Parallel.each(all, ip -> Addresses.answers(ip, Way.SSH))).entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(Map.Entry::getKey)
                        .toList();
        if (there.isEmpty()) {
            throw new Failure(
                    Exit.BLIND,
                    Problem.of(
                            "no host was found",
                            "on " + all.size() + " address(es) nothing listens on port 22",
                            "see that they are on"));
        }
        return there;
    }

    Seen seen(List<Ip> addresses) {
        Map<NodeName, Ip> names = new LinkedHashMap<>();
        addresses.forEach(ip -> names.put(new NodeName("host-" + ip.toString().replaceAll("[.:]+", "-")), ip));
        List<Candidate> found = new ArrayList<>();
        Map<Ip, String> away = new LinkedHashMap<>();
        List<Node> nodes = names.entrySet().stream()
                .map(name -> look.way().node(name.getKey(), name.getValue()))
                .toList();
        look.look(nodes).forEach((name, outcome) -> {
            Ip ip = Objects.requireNonNull(names.get(name));
            if (outcome instanceof Parallel.Outcome.Ok<Sight> ok) {
                found.add(candidate(ip, ok.value()));
            } else if (outcome instanceof Parallel.Outcome.Bad<Sight> bad) {
                away.put(ip, bad.failure().problems().get(0).why());
            }
        });
        return new Seen(found, away);
    }

    private static Candidate candidate(Ip ip, Sight sight) {
        Facts facts = sight.facts();
        String medium = facts.disks().known().orElse(List.of()).stream()
                .filter(disk -> disk.path().equals("/var/lib/rancher"))
                .findFirst()
                .map(Facts.Disk::medium)
                .orElse("");
        return new Candidate(
                facts.hostname().known().orElse(""),
                ip,
                sight.lan(ip),
                facts.model().known().orElse(""),
                medium,
                facts.memoryBytes().known().orElse(0L),
                sight.found().map(Found::unit).orElse(""));
    }
}
