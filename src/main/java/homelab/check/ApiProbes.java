package homelab.check;

import homelab.check.ApiView.DeploymentView;
import homelab.check.ApiView.NodeView;
import homelab.json.JsonAnswer;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import java.util.List;
import java.util.Optional;

/** Reads of the API on the server itself: no tunnel, no key leaves the host. */
public final class ApiProbes {
    /** Fifty names of images and ten conditions make a Node of 20 kB; two hundred Nodes are more than a home has. */
    private static final int NODES_BYTES = 4 << 20;

    /** Whether the API server of this host says that it is ready. */
    public static final Probe<Boolean> READY = ApiReads.probe(
            "check:readyz",
            "/readyz",
            answer -> answer.ok() && answer.text().strip().equals("ok"));

    /** All Nodes. */
    public static final Probe<List<NodeView>> NODES = ApiReads.probe(
                    "check:nodes", "/api/v1/nodes", answer -> ApiJson.nodes(json(answer)))
            .upTo(NODES_BYTES);

    /** The deployment of CoreDNS; none when there is none. */
    public static final Probe<Optional<DeploymentView>> CORE_DNS = ApiReads.probe(
            "check:coredns",
            "/apis/apps/v1/namespaces/kube-system/deployments/coredns",
            answer -> missing(answer) ? Optional.empty() : Optional.of(ApiJson.deployment(json(answer))));

    private ApiProbes() {}

    private static boolean missing(Answer answer) {
        return JsonAnswer.tree(json(answer)).path("reason").asText().equals("NotFound");
    }

    private static String json(Answer answer) {
        if (answer.cut()) {
            throw new IllegalStateException("the API's answer is too long");
        }
        if (!answer.ok() || answer.text().isBlank()) {
            throw new IllegalStateException("the API does not answer");
        }
        return answer.text();
    }
}
