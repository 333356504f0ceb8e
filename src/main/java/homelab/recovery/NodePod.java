package homelab.recovery;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A pod and the node on which the API has it.
 *
 * @param pod namespace/name
 * @param once whether what it does is to be done once
 * @param images of its containers
 */
public record NodePod(String node, String pod, boolean once, boolean ended, List<String> images) {
    private static final int WORDS = 7;

    /** All of the cluster's, to be asked on a server. */
    public static final Probe<List<NodePod>> PROBE =
            new Probe<>("pods of the cluster", """
            k3s kubectl --request-timeout=15s get pods -A -o 'jsonpath={range .items[*]}{.spec.nodeName}|{.metadata.namespace}/{.metadata.name}|{.status.phase}|{.spec.restartPolicy}|{.metadata.ownerReferences[*].kind}|{.spec.initContainers[*].image}|{.spec.containers[*].image}{"\\n"}{end}' && echo end
            """, Duration.ofSeconds(30), NodePod::parse).upTo(4 * 1024 * 1024);

    public NodePod {
        images = List.copyOf(images);
    }

    private static List<NodePod> parse(Answer answer) {
        List<String> lines = answer.text().lines().toList();
        if (!answer.ok() || !lines.contains("end")) {
            throw new IllegalStateException("the API did not tell all pods");
        }
        return lines.stream()
                .map(line -> line.split("\\|", -1))
                .filter(words -> words.length == WORDS)
                .map(NodePod::of)
                .toList();
    }

    private static NodePod of(String[] words) {
        return new NodePod(
                words[0],
                words[1],
                !words[3].equals("Always") || words[4].contains("Job"),
                words[2].equals("Succeeded") || words[2].equals("Failed"),
                Arrays.stream((words[5] + " " + words[6]).split(" "))
                        .filter(image -> !image.isEmpty())
                        .toList());
    }
}
