package homelab.resource.backup;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Problem;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/**
 * A claim of local-path that is bound on a node before any pod mounts it, for a copy to be laid into. Looked at and done
 * on a server. The annotation by which the scheduler tells the provisioner a node (Kubernetes, "Volume Binding Mode",
 * {@code volume.kubernetes.io/selected-node}) makes the volume there, without a pod and its image.
 *
 * @param size as Kubernetes writes it
 * @param copy whose content it is to hold; the claim is marked with it
 */
public record NewClaim(String namespace, String name, String storageClass, String size, NodeName node, String copy)
        implements Resource {
    private static final String MARK = "homelab/copy";

    @Override
    public String id() {
        return "claim " + namespace + "/" + name;
    }

    private Probe<JsonNode> probe() {
        return Probe.of(
                "backup:claim",
                ApiReads.read("/api/v1/namespaces/" + namespace + "/persistentvolumeclaims/" + name),
                NewClaim::parse);
    }

    private static JsonNode parse(Answer answer) {
        JsonNode tree = JsonAnswer.tree(answer.text());
        if (!tree.has("kind")
                || tree.path("kind").asText().equals("Status")
                        && tree.path("code").asInt() != 404) {
            throw new IllegalStateException("the API does not tell whether the claim is there");
        }
        return tree;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), this::judged);
    }

    private Status judged(JsonNode claim) {
        if (claim.path("kind").asText().equals("Status")) {
            return Status.drift(Worst.CREATE, id(), "absent", size + " on " + node);
        }
        if (!claim.path("metadata").path("annotations").path(MARK).asText().equals(copy)) {
            return new Status.Refused(Problem.of(
                    "there is a claim " + namespace + "/" + name + " already",
                    "a copy is laid into a new claim, and never over data",
                    "name another with --as"));
        }
        String phase = claim.path("status").path("phase").asText();
        return phase.equals("Bound") ? Status.SAME : Status.drift(Worst.CREATE, id(), phase, "Bound");
    }

    @Override
    public Deed deed() {
        String manifest = """
                {"apiVersion": "v1", "kind": "PersistentVolumeClaim",
                 "metadata": {"name": "%s", "namespace": "%s", "annotations": {"%s": "%s", "volume.kubernetes.io/selected-node": "%s"}},
                 "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "%s", "resources": {"requests": {"storage": "%s"}}}}
                """.formatted(name, namespace, MARK, copy, node, storageClass, size);
        return new Deed.Shell(
                """
                set -eu
                k() { /usr/local/bin/k3s kubectl -n %1$s "$@"; }
                if ! k get pvc %2$s >/dev/null 2>&1; then
                %3$sfi
                k wait pvc/%2$s --for='jsonpath={.status.phase}=Bound' --timeout=120s >/dev/null
                """.formatted(Sh.quote(namespace), Sh.quote(name), Sh.feed(manifest, "k create -f - >/dev/null")),
                Duration.ofMinutes(3));
    }
}
