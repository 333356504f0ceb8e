package homelab.backup;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.model.Backup;
import homelab.model.NodeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What is copied, and what is not with the reason. */
public record Coverage(List<Covered> covered, List<Left> left) {
    /** On a claim: what is done with it. */
    public static final String NOTE = "homelab/backup";

    /** Something that no copy is made of. */
    public record Left(String what, String why) {}

    /** What the API tells; lists as it answers them, empty texts where there is no cluster. */
    public record Told(String volumes, String claims, String pods) {
        public static final Told NOTHING = new Told("", "", "");
    }

    public Coverage {
        covered = List.copyOf(covered);
        left = List.copyOf(left);
    }

    /**
     * @param storage the folder below which local-path keeps volumes
     * @param last what the nodes wrote down; nothing of a node that did not answer
     */
    public static Coverage of(
            Backup backup, List<NodeName> nodes, String storage, Told told, Map<NodeName, List<Last>> last) {
        Made made = new Made(backup, nodes, storage, last, new ArrayList<>(), new ArrayList<>());
        made.folders();
        List<JsonNode> volumes = items(told.volumes());
        items(told.claims()).forEach(claim -> made.claim(claim, volumes));
        made.emptyDirs(items(told.pods()));
        return new Coverage(made.covered, made.left);
    }

    private static List<JsonNode> items(String list) {
        List<JsonNode> items = new ArrayList<>();
        JsonAnswer.tree(list).path("items").forEach(items::add);
        return items;
    }

    /** In the making. */
    private record Made(
            Backup backup,
            List<NodeName> nodes,
            String storage,
            Map<NodeName, List<Last>> last,
            List<Covered> covered,
            List<Left> left) {

        void folders() {
            for (Backup.Folder folder : backup.folders()) {
                Covered.How how = folder.freeze() ? Covered.How.FROZEN : Covered.How.AS_FOUND;
                covered.add(covered(folder.node(), "dir", folder.path(), folder.path(), how));
            }
        }

        private Covered covered(NodeName node, String kind, String name, String path, Covered.How how) {
            Optional<Last> newest = last.getOrDefault(node, List.of()).stream()
                    .filter(one -> one.kind().equals(kind) && one.name().equals(name))
                    .findFirst();
            return new Covered(node, kind, name, path, backup.placeOf(node), how, newest);
        }

        void claim(JsonNode claim, List<JsonNode> volumes) {
            String namespace = claim.path("metadata").path("namespace").asText();
            String name = claim.path("metadata").path("name").asText();
            String called = namespace + "/" + name;
            String volume = claim.path("spec").path("volumeName").asText();
            Optional<JsonNode> bound = volumes.stream()
                    .filter(one -> one.path("metadata").path("name").asText().equals(volume))
                    .findFirst();
            if (bound.isEmpty()) {
                left.add(new Left("claim " + called, "it has no volume yet"));
                return;
            }
            Optional<String> against = against(bound.get(), namespace, name);
            if (against.isPresent()) {
                left.add(new Left("claim " + called, against.get()));
                return;
            }
            Covered.How how = claim.path("metadata")
                            .path("annotations")
                            .path(NOTE)
                            .asText()
                            .equals("pause")
                    ? Covered.How.PAUSED
                    : Covered.How.AS_FOUND;
            covered.add(covered(node(bound.get()).orElseThrow(), "claim", called, path(bound.get()), how));
        }

        private Optional<String> against(JsonNode volume, String namespace, String name) {
            String path = path(volume);
            if (path.isEmpty()) {
                return Optional.of("it is a volume of " + driver(volume) + ", not of a node's disk");
            }
            if (!backup.covers(namespace, name)) {
                return Optional.of("backup.volumes does not name it");
            }
            if (node(volume).isEmpty()) {
                return Optional.of("its volume is on no node of the inventory");
            }
            boolean known = path.startsWith(storage + "/pvc-") && path.endsWith("_" + namespace + "_" + name);
            return known
                    ? Optional.empty()
                    : Optional.of(path + " is no folder as local-path names it below " + storage);
        }

        private Optional<NodeName> node(JsonNode volume) {
            List<String> names = new ArrayList<>();
            volume.path("spec")
                    .path("nodeAffinity")
                    .path("required")
                    .path("nodeSelectorTerms")
                    .forEach(term -> term.path("matchExpressions")
                            .forEach(one -> one.path("values").forEach(v -> names.add(v.asText()))));
            return nodes.stream()
                    .filter(node -> names.equals(List.of(node.text())))
                    .findFirst();
        }

        private static String path(JsonNode volume) {
            JsonNode spec = volume.path("spec");
            return spec.path("hostPath")
                    .path("path")
                    .asText(spec.path("local").path("path").asText());
        }

        private static String driver(JsonNode volume) {
            JsonNode spec = volume.path("spec");
            return spec.has("csi")
                    ? spec.path("csi").path("driver").asText()
                    : spec.has("nfs") ? "NFS" : "another kind";
        }

        /** What k3s brings along keeps nothing there that is missed. */
        void emptyDirs(List<JsonNode> pods) {
            TreeSet<String> names = new TreeSet<>();
            for (JsonNode pod : pods) {
                String namespace = pod.path("metadata").path("namespace").asText();
                pod.path("spec").path("volumes").forEach(volume -> {
                    if (volume.has("emptyDir") && !namespace.equals("kube-system")) {
                        names.add(namespace + "/"
                                + pod.path("metadata").path("name").asText());
                    }
                });
            }
            names.forEach(pod -> left.add(new Left("pod " + pod, "it has an emptyDir, which goes with the pod")));
        }
    }
}
