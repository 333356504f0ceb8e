package homelab.resource;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Longhorn itself says that its nodes and their disks can hold volumes, and each kubelet knows its driver. That its pods run is not
 * enough: a pod runs on a node that lacks iscsid too. Asked on the leader.
 *
 * @param namespace of the release
 * @param storage the nodes that hold data
 * @param nodes all nodes, where volumes are mounted
 */
public record LonghornReady(String namespace, List<NodeName> storage, List<NodeName> nodes) implements Resource {
    private static final String DRIVER = "driver.longhorn.io";

    /** Of a node of Longhorn 1.11 (nodes.longhorn.io, status.conditions); all of them are to be True. */
    private static final Set<String> CONDITIONS = Set.of(
            "Ready",
            "Schedulable",
            "MountPropagation",
            "RequiredPackages",
            "KernelModulesLoaded",
            "NFSClientInstalled");

    public LonghornReady {
        storage = List.copyOf(storage);
        nodes = List.copyOf(nodes);
    }

    /**
     * @param installed whether the API knows nodes of Longhorn at all
     * @param conditions by node: those that are not True, and why
     * @param driven nodes whose kubelet knows the driver
     */
    private record Look(boolean installed, Map<String, List<Change>> conditions, Set<String> driven) {}

    private Probe<Look> probe() {
        String shell = "(" + K3sApi.read("/apis/longhorn.io/v1beta2/namespaces/" + namespace + "/nodes") + ")\necho\n"
                + "echo ---\n(" + K3sApi.read("/apis/storage.k8s.io/v1/csinodes") + ")\n";
        return new Probe<>("longhorn:nodes", shell, Duration.ofSeconds(20), LonghornReady::parse);
    }

    private static Look parse(Answer answer) {
        String[] parts = answer.text().split("\n---\n", 2);
        Map<String, List<Change>> conditions = new HashMap<>();
        JsonNode nodes = JsonAnswer.tree(parts[0]);
        for (JsonNode node : nodes.path("items")) {
            conditions.put(node.path("metadata").path("name").asText(), unmet(node));
        }
        Set<String> driven = new java.util.TreeSet<>();
        for (JsonNode node : JsonAnswer.tree(parts[1]).path("items")) {
            for (JsonNode driver : node.path("spec").path("drivers")) {
                if (driver.path("name").asText().equals(DRIVER)) {
                    driven.add(node.path("metadata").path("name").asText());
                }
            }
        }
        return new Look(nodes.path("kind").asText().endsWith("List"), conditions, driven);
    }

    private static List<Change> unmet(JsonNode node) {
        String name = node.path("metadata").path("name").asText();
        List<Change> unmet = new ArrayList<>(unmet(name, node.path("status").path("conditions")));
        node.path("status")
                .path("diskStatus")
                .properties()
                .forEach(disk -> unmet.addAll(unmet(
                        name + ", disk " + disk.getValue().path("diskPath").asText(),
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

    @Override
    public String id() {
        return "Longhorn on the nodes";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), this::judged);
    }

    private Status judged(Look look) {
        if (!look.installed()) {
            return new Status.Waits("Longhorn is installed", Worst.WAIT);
        }
        List<Change> changes = new ArrayList<>();
        for (NodeName node : storage) {
            changes.addAll(look.conditions()
                    .getOrDefault(node.text(), List.of(new Change(node.text(), "not known to Longhorn yet", "Ready"))));
        }
        nodes.stream()
                .filter(node -> !look.driven().contains(node.text()))
                .forEach(node ->
                        changes.add(new Change(node.text(), "its kubelet does not know " + DRIVER, "registered")));
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.WAIT);
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    /** The first pull of its images takes a Pi minutes. */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(15);
    }
}
