package homelab.doctor.net;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of NET-005 that asks the API under each further name of the inventory (k3s.tls-sans). */
final class ApiNames {
    private static final String ASK = """
            ca=/var/lib/rancher/k3s/agent/server-ca.crt
            command -v curl >/dev/null || { echo 'curl is missing (apt-get install curl)'; exit 1; }
            [ -r "$ca" ] || { echo 'the certificate of the cluster is not there'; exit 1; }
            ask() {
              case $1 in *:*) host="[$1]" ;; *) host=$1 ;; esac
              curl -s -o /dev/null -m 5 --noproxy '*' --cacert "$ca" "https://$host:6443/readyz"
              echo "$1 $?"
            }
            """;
    /** By curl's exit codes: 51 and 60 are of the certificate, 6 is of the name, all others of the way there. */
    private static final List<Integer> NOT_IN_CERTIFICATE = List.of(51, 60);

    private static final int NOT_RESOLVED = 6;

    private final Check check;

    ApiNames(Check check) {
        this.check = check;
    }

    /** Nothing without such names. */
    static Optional<Probe<Map<String, Integer>>> probe(House house, Node node) {
        return probe(house.cluster().k3s().tlsSans(), node);
    }

    static Optional<Probe<Map<String, Integer>>> probe(List<String> names, Node node) {
        List<String> plain =
                names.stream().filter(name -> name.matches("[A-Za-z0-9.:-]+")).toList();
        if (!node.isServer() || plain.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder shell = new StringBuilder(ASK);
        plain.forEach(name -> shell.append("ask '").append(name).append("' &\n"));
        return Optional.of(Probe.of("doctor:api-names", shell.append("wait\n").toString(), ApiNames::parse));
    }

    private static Map<String, Integer> parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(answer.text().strip());
        }
        Map<String, Integer> exits = new LinkedHashMap<>();
        for (String line : answer.text().split("\n")) {
            String[] words = line.strip().split(" ");
            if (words.length == 2) {
                exits.put(words[0], Integer.parseInt(words[1]));
            }
        }
        return exits;
    }

    void judge(House house, Node node, List<Finding> into) {
        probe(house, node).ifPresent(probe -> {
            Reading<Map<String, Integer>> reading = house.reading(node, probe);
            if (reading instanceof Reading.Known<Map<String, Integer>> known) {
                known.value().forEach((name, exit) -> into.add(told(node, name, exit)));
            } else {
                into.add(check.unknown(node.name().text(), ((Reading.Unknown<?>) reading).why()));
            }
        });
    }

    private Finding told(Node node, String name, int exit) {
        String subject = "API at " + name + " from " + node.name();
        String seen = "curl https://" + name + ":6443/readyz: exit code " + exit;
        if (exit == 0) {
            return check.pass(subject, "answers with a certificate for this name");
        }
        if (NOT_IN_CERTIFICATE.contains(exit)) {
            return check.fail(subject, "the API's certificate is not for this name")
                    .by(seen)
                    .fix("homelab bootstrap --node " + node.name());
        }
        return exit == NOT_RESOLVED
                ? check.warn(subject, "the name does not resolve here").by(seen)
                : check.fail(subject, "the API does not answer under this name").by(seen);
    }
}
