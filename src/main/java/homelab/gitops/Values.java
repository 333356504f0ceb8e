package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What can be followed from a file in Git to a process: of each container the image and the words it is started with,
 * and the number of replicas.
 *
 * @param of by name, e.g. {@code image of web}; what is not said is not there
 */
public record Values(Map<String, List<String>> of) {

    public Values {
        of = Map.copyOf(of);
    }

    /** Of a Deployment, StatefulSet or DaemonSet, or of what of one lies in Git. */
    static Values ofWorkload(JsonNode workload) {
        Map<String, List<String>> all = containers(Json.at(workload, "spec", "template", "spec"));
        JsonNode replicas = Json.at(workload, "spec", "replicas");
        if (replicas.isNumber()) {
            all.put("replicas", List.of(replicas.asText()));
        }
        return new Values(all);
    }

    static Values ofPod(JsonNode pod) {
        return new Values(containers(pod.path("spec")));
    }

    private static Map<String, List<String>> containers(JsonNode podSpec) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String kind : List.of("initContainers", "containers")) {
            for (JsonNode container : podSpec.path(kind)) {
                String name = Json.word(container, "name");
                List<String> words = new ArrayList<>(Json.words(container.path("command")));
                words.addAll(Json.words(container.path("args")));
                all.put("image of " + name, List.of(Json.word(container, "image")));
                all.put("args of " + name, words);
            }
        }
        return all;
    }

    /** What of the wanted values is otherwise here. A sidecar that somebody put beside them is no difference. */
    Set<String> differing(Values wanted, boolean withReplicas) {
        return wanted.of.keySet().stream()
                .filter(what -> withReplicas || !what.equals("replicas"))
                .filter(what -> !words(wanted, what).equals(words(this, what)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> words(Values values, String what) {
        return values.of.getOrDefault(what, List.of());
    }

    /** The words of a value that the other has not; all of them when it has the same ones in another order. */
    String without(String what, Values other) {
        List<String> mine = words(this, what);
        List<String> theirs = words(other, what);
        List<String> own = mine.stream().filter(word -> !theirs.contains(word)).toList();
        boolean sameWords = own.isEmpty() && theirs.stream().allMatch(mine::contains);
        return String.join(" ", sameWords ? mine : own);
    }

    boolean isEmpty() {
        return of.isEmpty();
    }
}
