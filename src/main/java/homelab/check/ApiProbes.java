package homelab.check;

import homelab.check.ApiView.DeploymentView;
import homelab.check.ApiView.NodeView;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads of the API by the kubectl that k3s brings, on the server itself: no tunnel, no key leaves the host. */
public final class ApiProbes {
    /** A cold kubectl takes seconds on a Raspberry Pi with an SD card. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** Whether the API server of this host says that it is ready. */
    public static final Probe<Boolean> READY = new Probe<>(
            "check:readyz",
            get("/readyz"),
            LIMIT,
            answer -> answer.ok() && body(answer).equals("ok"));

    /** All Nodes. */
    public static final Probe<List<NodeView>> NODES =
            new Probe<>("check:nodes", get("/api/v1/nodes"), LIMIT, answer -> ApiJson.nodes(json(answer)));

    /** The deployment of CoreDNS; none when there is none. */
    public static final Probe<Optional<DeploymentView>> CORE_DNS = new Probe<>(
            "check:coredns",
            get("/apis/apps/v1/namespaces/kube-system/deployments/coredns"),
            LIMIT,
            answer -> missing(answer) ? Optional.empty() : Optional.of(ApiJson.deployment(json(answer))));

    private ApiProbes() {}

    /** Packed, since fifty image names per Node would soon fill what a probe may answer. Keeps kubectl's exit code. */
    private static String get(String path) {
        return Probe.LIFTED + """
                PATH=$PATH:/usr/local/bin
                exec 3>&1
                code=$( { { k3s kubectl get --raw '%s' --request-timeout=8s 2>&1; echo $? >&4; } | gzip -c >&3; } 4>&1 )
                exit "$code"
                """.formatted(path);
    }

    private static boolean missing(Answer answer) {
        return !answer.ok() && body(answer).contains("NotFound");
    }

    /** What kubectl warns of comes on lines before the object. */
    private static String json(Answer answer) {
        String body = body(answer);
        if (!answer.ok()) {
            throw new IllegalStateException(lastLine(body));
        }
        int start = body.startsWith("{") ? 0 : body.indexOf("\n{") + 1;
        return body.substring(start);
    }

    private static String lastLine(String text) {
        return text.isEmpty() ? "kubectl said nothing" : text.substring(text.lastIndexOf('\n') + 1);
    }

    private static String body(Answer answer) {
        if (answer.cut()) {
            throw new IllegalStateException("the API's answer is too long");
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.out()))) {
            return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalStateException("the API's answer came broken", e);
        }
    }
}
