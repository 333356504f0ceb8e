package homelab.drain;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.drain.Pod.Fate;
import homelab.json.JsonAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which pods of a node find no other place, and why: no other node is one that they ask for, or has room. As the scheduler
 * would judge, but for preferences and spreading: what is told here will wait, what is not told may still.
 */
public final class Elsewhere {
    private final String from;
    private final List<JsonNode> pods;
    private final List<Place> others;

    private Elsewhere(String from, List<JsonNode> pods, List<Place> others) {
        this.from = from;
        this.pods = pods;
        this.others = others;
    }

    /**
     * @param from the node that is emptied
     * @param pods of all nodes, as the API lists them
     * @param nodes as the API lists them
     * @param volumes PersistentVolumes, as the API lists them
     */
    public static Elsewhere of(String from, String pods, String nodes, String volumes) {
        List<JsonNode> all = items(pods);
        Map<String, JsonNode> byClaim = new LinkedHashMap<>();
        items(volumes).forEach(volume -> byClaim.put(claim(volume), volume));
        List<Place> others = items(nodes).stream()
                .filter(node -> !node.path("metadata").path("name").asText().equals(from))
                .map(node -> Place.of(node, all, byClaim))
                .toList();
        return new Elsewhere(from, all, others);
    }

    private static String claim(JsonNode volume) {
        JsonNode claim = volume.path("spec").path("claimRef");
        return claim.path("namespace").asText() + "/" + claim.path("name").asText();
    }

    private static List<JsonNode> items(String list) {
        List<JsonNode> items = new ArrayList<>();
        JsonAnswer.tree(list).path("items").forEach(items::add);
        return items;
    }

    /** All pods that use a claim of this name, NAMESPACE/NAME, with who makes them anew. */
    public List<Pod> using(String claim) {
        return pods.stream()
                .map(Pod::of)
                .filter(pod -> pod.claims().contains(claim))
                .toList();
    }

    /** Whether pods would leave, and none of them finds another place: to have them leave would only cost their time. */
    public boolean nobodyMoves() {
        List<JsonNode> leaving = leaving();
        return !leaving.isEmpty()
                && leaving.stream()
                        .allMatch(pod -> others.stream()
                                .allMatch(node -> node.against(pod, Room.NONE).isPresent()));
    }

    private List<JsonNode> leaving() {
        return pods.stream()
                .filter(pod -> pod.path("spec").path("nodeName").asText().equals(from))
                .filter(pod -> Pod.of(pod).fate() == Fate.LEAVES)
                .sorted(Comparator.comparing(pod -> Room.wantedBy(pod).memory(), Comparator.reverseOrder()))
                .toList();
    }

    /** Why there is no other place, by workload; each takes its room from those after it, the largest first. */
    public Map<String, String> nowhere() {
        Map<String, String> nowhere = new TreeMap<>();
        Map<String, Room> taken = new LinkedHashMap<>();
        for (JsonNode pod : leaving()) {
            Optional<Place> place = others.stream()
                    .filter(node -> node.against(pod, taken.getOrDefault(node.name(), Room.NONE))
                            .isEmpty())
                    .findFirst();
            place.ifPresent(node -> taken.merge(node.name(), Room.wantedBy(pod), Room::plus));
            if (place.isEmpty()) {
                nowhere.put(Pod.of(pod).namespace() + ": " + Pod.of(pod).owner(), against(pod, taken));
            }
        }
        return nowhere;
    }

    private String against(JsonNode pod, Map<String, Room> taken) {
        return others.isEmpty()
                ? "there is no other node"
                : others.stream()
                        .map(node -> node.name() + " "
                                + node.against(pod, taken.getOrDefault(node.name(), Room.NONE))
                                        .orElse(""))
                        .collect(Collectors.joining("; "));
    }
}
