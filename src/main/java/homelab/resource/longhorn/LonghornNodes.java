package homelab.resource.longhorn;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.resource.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What Longhorn says of its own nodes, and the kubelets of its driver.
 *
 * @param installed whether the API knows nodes of Longhorn at all
 * @param unmet by node: the conditions that are not True, and why
 * @param disks by node: the paths of its disks
 * @param driven nodes whose kubelet knows the driver
 */
record LonghornNodes(
        boolean installed, Map<String, List<Change>> unmet, Map<String, Set<String>> disks, Set<String> driven) {
    static final String DRIVER = "driver.longhorn.io";

    /** Of a node of Longhorn 1.11 (nodes.longhorn.io, status.conditions); all of them are to be True. */
    private static final Set<String> CONDITIONS = Set.of(
            "Ready",
            "Schedulable",
            "MountPropagation",
            "RequiredPackages",
            "KernelModulesLoaded",
            "NFSClientInstalled");

    static Probe<LonghornNodes> probe(String namespace) {
        String shell = "(" + ApiReads.read("/apis/longhorn.io/v1beta2/namespaces/" + namespace + "/nodes") + ")\necho\n"
                + "echo ---\n(" + ApiReads.read("/apis/storage.k8s.io/v1/csinodes") + ")\n";
        return new Probe<>("longhorn:nodes", shell, Duration.ofSeconds(20), LonghornNodes::parse);
    }

    private static LonghornNodes parse(Answer answer) {
        String[] parts = answer.text().split("\n---\n", 2);
        Map<String, List<Change>> unmet = new TreeMap<>();
        Map<String, Set<String>> disks = new TreeMap<>();
        JsonNode nodes = JsonAnswer.tree(parts[0]);
        for (JsonNode node : nodes.path("items")) {
            unmet.put(name(node), unmet(node));
            disks.put(name(node), disks(node));
        }
        return new LonghornNodes(nodes.path("kind").asText().endsWith("List"), unmet, disks, driven(parts[1]));
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    private static Set<String> driven(String csiNodes) {
        Set<String> driven = new TreeSet<>();
        for (JsonNode node : JsonAnswer.tree(csiNodes).path("items")) {
            for (JsonNode driver : node.path("spec").path("drivers")) {
                if (driver.path("name").asText().equals(DRIVER)) {
                    driven.add(name(node));
                }
            }
        }
        return driven;
    }

    private static Set<String> disks(JsonNode node) {
        Set<String> paths = new TreeSet<>();
        node.path("spec")
                .path("disks")
                .properties()
                .forEach(disk -> paths.add(plain(disk.getValue().path("path").asText())));
        return paths;
    }

    /** Longhorn's own default has a slash at its end. */
    static String plain(String path) {
        return path.length() > 1 ? path.replaceAll("/+$", "") : path;
    }

    private static List<Change> unmet(JsonNode node) {
        JsonNode status = node.path("status");
        List<Change> unmet = new ArrayList<>(unmet(name(node), status.path("conditions")));
        status.path("diskStatus")
                .properties()
                .forEach(disk -> unmet.addAll(unmet(
                        name(node) + ", disk "
                                + disk.getValue().path("diskPath").asText(),
                        disk.getValue().path("conditions"))));
        return unmet;
    }

    private static List<Change> unmet(String what, JsonNode conditions) {
        List<Change> unmet = new ArrayList<>();
        for (JsonNode condition : conditions) {
            String type = condition.path("type").asText();
            if (CONDITIONS.contains(type) && !condition.path("status").asText().equals("True")) {
                String why = condition.path("message").asText();
                unmet.add(new Change(what, "not " + type + (why.isEmpty() ? "" : ": " + why), type));
            }
        }
        return unmet;
    }

    /** What keeps a node from holding data; nothing when it can. */
    List<Change> against(NodeName node) {
        return unmet.getOrDefault(node.text(), List.of(new Change(node.text(), "not known to Longhorn yet", "Ready")));
    }

    boolean ready(NodeName node) {
        return against(node).isEmpty();
    }
}
