package homelab.doctor.sto;

import homelab.doctor.House;
import homelab.doctor.k3s.Kubelets;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How full claims are, as the kubelet of the node says where their pods run; asked through the API of one server. Of volumes
 * that are folders of a node (local-path) a kubelet tells nothing.
 */
final class VolumeUse {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    /** Kubernetes' metrics reference; the last one is always there and tells that the kubelet answered. */
    private static final String KEPT =
            "^(kubelet_volume_stats_(used_bytes|capacity_bytes|inodes_used|inodes)\\{|kubelet_node_name)";

    private static final Pattern LINE =
            Pattern.compile("kubelet_volume_stats_(\\w{1,20})\\{namespace=\"([^\"]{1,253})\","
                    + "persistentvolumeclaim=\"([^\"]{1,253})\"} ([0-9.eE+]{1,30})");

    private VolumeUse() {}

    /** A claim's use in percent of what there is of it. @param of "bytes" or "inodes" */
    record Use(String claim, String of, double used, double total) {
        double percent() {
            return 100 * used / total;
        }
    }

    /** For the server that is asked about all nodes; nothing for any other. */
    static List<Probe<?>> probes(House house, Node node) {
        return Kubelets.asked(house).equals(Optional.of(node))
                ? house.cluster().nodes().stream()
                        .<Probe<?>>map(VolumeUse::probe)
                        .toList()
                : List.of();
    }

    /** Unknown where no API or no kubelet answers. */
    static Reading<List<Use>> of(House house, Node node) {
        return Kubelets.asked(house)
                .map(server -> house.reading(server, probe(node)))
                .orElse(new Reading.Unknown<>("the API does not answer on any server"));
    }

    static Probe<List<Use>> probe(Node of) {
        String read = ApiReads.read("/api/v1/nodes/" + of.name() + "/proxy/metrics");
        return new Probe<>(
                "doctor:volumes:" + of.name(),
                "(\n" + read + ") | grep -E '" + KEPT + "'\n:\n",
                LIMIT,
                VolumeUse::parse);
    }

    private static List<Use> parse(Answer answer) {
        if (answer.text().isBlank()) {
            throw new IllegalStateException("the kubelet does not tell how full volumes are");
        }
        Map<String, Map<String, Double>> byClaim = new HashMap<>();
        for (String line : answer.text().lines().toList()) {
            Matcher words = LINE.matcher(line);
            if (words.find()) {
                byClaim.computeIfAbsent(words.group(2) + "/" + words.group(3), claim -> new HashMap<>())
                        .put(words.group(1), Double.parseDouble(words.group(4)));
            }
        }
        List<Use> uses = new ArrayList<>();
        byClaim.forEach((claim, values) -> {
            use(claim, "bytes", values, "used_bytes", "capacity_bytes").ifPresent(uses::add);
            use(claim, "inodes", values, "inodes_used", "inodes").ifPresent(uses::add);
        });
        return List.copyOf(uses);
    }

    private static Optional<Use> use(String claim, String of, Map<String, Double> values, String used, String total) {
        double all = values.getOrDefault(total, 0.0);
        return all > 0 && values.containsKey(used)
                ? Optional.of(new Use(claim, of, values.getOrDefault(used, 0.0), all))
                : Optional.empty();
    }
}
