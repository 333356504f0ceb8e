package homelab.resource;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/**
 * A claim that names no StorageClass gets this one, and there is no second default. With two, Kubernetes takes the newer
 * (Kubernetes, Storage Classes); k3s's local-path is one until it is told otherwise. Asked on the leader.
 */
public record DefaultClass(String name) implements Resource {
    private static final String IS_DEFAULT = "storageclass.kubernetes.io/is-default-class";

    private static final Probe<Map<String, Boolean>> PROBE =
            ApiReads.probe("api:storageclasses", "/apis/storage.k8s.io/v1/storageclasses", DefaultClass::parse);

    private static Map<String, Boolean> parse(Answer answer) {
        Map<String, Boolean> found = new TreeMap<>();
        for (JsonNode item : JsonAnswer.tree(answer.text()).path("items")) {
            JsonNode metadata = item.path("metadata");
            found.put(
                    metadata.path("name").asText(),
                    metadata.path("annotations").path(IS_DEFAULT).asText().equals("true"));
        }
        return found;
    }

    @Override
    public String id() {
        return "default StorageClass " + name;
    }

    @Override
    public java.util.List<Probe<?>> probes() {
        return java.util.List.of(PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(PROBE), this::judged);
    }

    private Status judged(Map<String, Boolean> defaults) {
        if (!defaults.containsKey(name)) {
            return new Status.Waits(name + " is installed", Worst.CHANGE);
        }
        var changes = new ArrayList<Change>();
        defaults.forEach((other, is) -> {
            if (is != other.equals(name)) {
                changes.add(new Change(
                        "StorageClass " + other, is ? "default" : "not default", is ? "not default" : "default"));
            }
        });
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.CHANGE);
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of(
                Probe.LIFTED + """
                set -eu
                mark() { k3s kubectl annotate --overwrite storageclass "$1" IS_DEFAULT="$2"; }
                k3s kubectl get storageclass -o name | while IFS=/ read -r kind class; do
                  if [ "$class" = NAME ]; then mark "$class" true; else mark "$class" false; fi
                done
                """.replace("IS_DEFAULT", IS_DEFAULT).replace("NAME", name));
    }
}
