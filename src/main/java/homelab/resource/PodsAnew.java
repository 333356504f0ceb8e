package homelab.resource;

import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;

/**
 * That no pod which watches the API was begun before k3s of a server: after etcd went back to a smaller revision a watch
 * that lived on waits for changes after one that is yet to come, so its controller (a provisioner, an operator, Argo CD) is
 * deaf without an error. Of the pods of Deployments, StatefulSets and DaemonSets those with a ServiceAccount of their own may
 * watch; the account default may not. Pods that others keep (Longhorn's instance managers, which hold volumes) stay.
 *
 * @param server which went back and was started since
 */
public record PodsAnew(NodeName server) implements Resource {
    private static final String SILENT = "silent";
    private static final String OLD = """
            since=$(date -u -d "$(TZ=UTC systemctl show -p ActiveEnterTimestamp --value k3s)" +%Y-%m-%dT%H:%M:%SZ) || exit
            pods=$(/usr/local/bin/k3s kubectl --request-timeout=20s get pods -A -o jsonpath='{range .items[*]}{.metadata.namespace}|{.metadata.name}|{.spec.serviceAccountName}|{.metadata.ownerReferences[0].kind}|{.metadata.deletionTimestamp}|{.status.containerStatuses[*].state.running.startedAt}{"\\n"}{end}') || exit
            old=$(echo "$pods" | awk -F'|' -v since="$since" '
              $3 != "default" && $4 ~ /^(ReplicaSet|StatefulSet|DaemonSet)$/ && $5 == "" {
                count = split($6, begun, " ")
                for (i = 1; i <= count; i++) if (begun[i] < since) { print $1, $2; break }
              }')
            """;

    @Override
    public String id() {
        return "pods that watch the API";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    private static Probe<String> probe() {
        return Probe.of(
                "pods from before",
                Probe.LIFTED + "( " + OLD + "echo \"$old\" ) 2>/dev/null || echo " + SILENT + "\n",
                Answer::text);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), told -> {
            if (told.strip().endsWith(SILENT)) {
                return new Status.Waits("the API of " + server + " answers", Worst.RESTART);
            }
            List<String> old = told.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return old.isEmpty()
                    ? Status.SAME
                    : Status.drift(
                            Worst.RESTART,
                            id(),
                            old.size() + " begun before k3s of " + server + ", deaf since",
                            "made anew by their owners");
        });
    }

    /** Waits for their end, so that what is asked next is not told of them any more. */
    @Override
    public Deed deed() {
        return new Deed.Shell(OLD + """
                        [ -n "$old" ] || exit 0
                        for namespace in $(echo "$old" | cut -d' ' -f1 | sort -u); do
                          echo "$old" | awk -v of="$namespace" '$1 == of { print $2 }' \\
                            | xargs /usr/local/bin/k3s kubectl -n "$namespace" delete pod --ignore-not-found --timeout=90s &
                        done >/dev/null
                        wait
                        """, Duration.ofMinutes(2));
    }

    /** Of a pod that takes its time to end. */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(1);
    }
}
