package homelab.resource;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something of a member that may just have been restarted: it is so only once the new kubelet has told the API how its
 * node is. Until then the API still says Ready, from before. To be asked on the node itself: when k3s was started and
 * when the kubelet told it stand by the same clock there.
 *
 * @param unit "k3s" or "k3s-agent"
 */
public record HeardAnew(Resource inner, NodeName node, String unit) implements Wrapped {
    /** A kubelet tells its status at its start and then at least every 5 minutes ({@code nodeStatusReportFrequency}). */
    private static final int YOUNG = 600;

    /**
     * A kubelet that renews its lease so long after its start has told its status at least once ({@code
     * nodeStatusUpdateFrequency}, 10 s). An API that has gone back to a snapshot since forgot that, and is told again only
     * after minutes where nothing has changed.
     */
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private static final String BETWEEN = "(?m)^--$";

    private static final String SCRIPT = """
            set -- $(TZ=UTC systemctl show -p ExecMainStartTimestamp --value ${unit})
            [ $# -ge 3 ] || exit 0
            start=$(TZ=UTC date -d "$2 $3" +%s) || exit 1
            age=$(($(date +%s) - start))
            [ $age -ge 0 ] && [ $age -lt ${young} ] || exit 0
            echo $start
            cd /var/lib/rancher/k3s/agent 2>/dev/null || exit 0
            api=$(sed -n 's/^ *server: *//p' kubelet.kubeconfig 2>/dev/null)
            [ -n "$api" ] || exit 0
            ask() {
              if command -v curl >/dev/null; then
                curl -s -m 8 --noproxy '*' --cacert server-ca.crt --cert client-kubelet.crt --key client-kubelet.key "$api$1" || :
              else
                (${lifted}exec /usr/local/bin/k3s kubectl --kubeconfig kubelet.kubeconfig get --request-timeout=8s --raw "$1") || :
              fi
            }
            ask /api/v1/nodes/${node}
            printf '\\n--\\n'
            ask /apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${node}
            """;

    /** Of a k3s that was started lately; of all others there is none. */
    private record Heard(Instant started, Optional<Instant> told, Optional<Instant> renewed, boolean member) {
        boolean anew() {
            return told.filter(when -> !when.isBefore(started)).isPresent()
                    || renewed.filter(when -> !when.isBefore(started.plus(SETTLED)))
                            .isPresent();
        }
    }

    private Probe<Optional<Heard>> probe() {
        String shell = SCRIPT.replace("${unit}", unit)
                .replace("${young}", String.valueOf(YOUNG))
                .replace("${lifted}", Probe.LIFTED)
                .replace("${node}", node.text());
        return Probe.of("heard:" + node, shell, HeardAnew::parse);
    }

    private static Optional<Heard> parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException("it is not known when k3s was started");
        }
        String[] parts = answer.text().split("\n", 2);
        if (parts[0].isBlank()) {
            return Optional.empty();
        }
        String[] answers = (parts.length > 1 ? parts[1] : "").split(BETWEEN, 2);
        JsonNode said = JsonAnswer.tree(answers[0]);
        JsonNode lease = JsonAnswer.tree(answers.length > 1 ? answers[1] : "");
        return Optional.of(new Heard(
                Instant.ofEpochSecond(Long.parseLong(parts[0].strip())),
                told(said),
                time(lease.path("spec").path("renewTime").asText()),
                said.path("kind").asText().equals("Node")));
    }

    private static Optional<Instant> told(JsonNode node) {
        for (JsonNode condition : node.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return time(condition.path("lastHeartbeatTime").asText());
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Probe<?>> probes() {
        List<Probe<?>> probes = new ArrayList<>(inner.probes());
        probes.add(probe());
        return probes;
    }

    @Override
    public Status status(Readings readings) {
        Status status = inner.status(readings);
        return status.equals(Status.SAME) ? Status.of(readings.of(probe()), this::judged) : status;
    }

    private Status judged(Optional<Heard> young) {
        if (young.filter(heard -> !heard.anew()).isEmpty()) {
            return Status.SAME;
        }
        String before = young.get().member() ? "silent since k3s was started" : "not seen in the API by its kubelet";
        return Status.drift(Worst.WAIT, "node " + node, before, "heard of anew");
    }
}
