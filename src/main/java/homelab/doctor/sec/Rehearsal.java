package homelab.doctor.sec;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.k3s.Kubelets;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The part of SEC-009 that has the API server go through the making of an ExternalSecret without making it ({@code
 * dryRun=All}; Kubernetes, API concepts, "Dry-run"): its webhooks are called as they would be, and nothing is stored. A
 * webhook that might store something of its own refuses such a request instead of being called.
 */
final class Rehearsal {
    private static final Duration LIMIT = Duration.ofSeconds(25);
    private static final String UNCALLED = "failed calling webhook";

    /** A name and a store that nobody has; only with External Secrets is anything asked. */
    static final Probe<Said> PROBE = new Probe<>("doctor:rehearsal", """
            cd /var/lib/rancher/k3s/server/tls 2>/dev/null && [ -f client-admin.key ] || { echo 'no API on this host'; exit 1; }
            command -v curl >/dev/null || { echo 'curl is missing (apt-get install curl)'; exit 1; }
            ask() {
              curl -s -m 15 -A homelab --noproxy '*' --cacert server-ca.crt --cert client-admin.crt --key client-admin.key "$@"
            }
            group=https://127.0.0.1:6443/apis/external-secrets.io
            for v in v1 v1beta1 none; do
              [ $v = none ] || [ "$(ask -o /dev/null -w '%{http_code}' "$group/$v/externalsecrets?limit=1")" != 200 ] || break
            done
            if [ $v = none ]; then echo absent; exit 0; fi
            printf '{"apiVersion":"external-secrets.io/%s","kind":"ExternalSecret","metadata":{"name":"homelab-doctor-asks","namespace":"default"},
              "spec":{"refreshInterval":"1h","secretStoreRef":{"kind":"SecretStore","name":"homelab-doctor-asks"},"target":{"name":"homelab-doctor-asks"},
              "data":[{"secretKey":"key","remoteRef":{"key":"key"}}]}}' $v |
              ask -X POST -H 'Content-Type: application/json' -d @- -w '\\nstatus %{http_code}\\n' \\
                "$group/$v/namespaces/default/externalsecrets?dryRun=All" |
              sed -n -e '/^status /p' -e 's/.*"message":"\\(\\([^"\\\\]\\|\\\\.\\)*\\)".*/message \\1/p'
            """, LIMIT, Rehearsal::parse);

    private Rehearsal() {}

    /** @param status of HTTP, 0 where there is nothing to rehearse; @param message why it was refused, if it was */
    record Said(int status, String message) {
        boolean uncalled() {
            return message.contains(UNCALLED);
        }
    }

    static List<Probe<?>> probes(House house, Node node) {
        return Kubelets.asked(house).equals(Optional.of(node)) ? List.of(PROBE) : List.of();
    }

    /** What a webhook answers, be it a refusal, is an answer. */
    static Optional<Finding> judge(Check check, House house) {
        Reading<Said> reading = Kubelets.asked(house)
                .map(server -> house.reading(server, PROBE))
                .orElse(new Reading.Unknown<>("the API does not answer on any server"));
        if (reading instanceof Reading.Unknown<Said> unknown) {
            return Optional.of(check.unknown("webhook of External Secrets", unknown.why()));
        }
        return reading.known()
                .filter(Said::uncalled)
                .map(said -> check.fail(
                                "webhook of External Secrets",
                                "the API server does not reach it: no external secret" + " can be made or changed")
                        .by(said.message())
                        .fix("kubectl get validatingwebhookconfigurations | grep -i secret; homelab doctor --only"
                                + " K3S-010,SEC-004,NET-002"));
    }

    private static Said parse(Answer answer) {
        String text = answer.text().strip();
        if (!answer.ok()) {
            throw new IllegalStateException(text.isEmpty() ? "the API did not answer" : text);
        }
        if (text.equals("absent")) {
            return new Said(0, "");
        }
        String message = "";
        int status = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.matches("status \\d{3}")) {
                status = Integer.parseInt(line.substring(7));
            } else if (line.startsWith("message ")) {
                message = line.substring(8).replace("\\\"", "\"");
            }
        }
        if (status == 0) {
            throw new IllegalStateException("the API did not answer within 15 s");
        }
        return new Said(status, message);
    }
}
