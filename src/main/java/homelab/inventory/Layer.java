package homelab.inventory;

import homelab.model.Label;
import homelab.model.NodeName;
import homelab.model.SecretSource;
import homelab.model.Taint;
import homelab.problem.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What defaults, groups and nodes have in common. A node's own layer comes before its groups', then the defaults'. */
record Layer(
        Fields fields,
        Optional<String> user,
        Optional<Integer> port,
        Optional<Path> key,
        Optional<NodeName> jump,
        Optional<Boolean> become,
        Optional<SecretSource> sudoPassword,
        Optional<Boolean> strict,
        Optional<String> flannelIface,
        List<Label> labels,
        List<Taint> taints,
        Optional<List<String>> disks) {

    static Layer read(Fields fields, Paths paths) {
        return new Layer(
                fields,
                fields.one("user", Kinds.USER),
                fields.one("port", Kinds.PORT),
                fields.one("key", paths.key()),
                fields.one("jump", Kinds.NODE),
                fields.one("become", Kinds.BECOME),
                sudoPassword(fields, paths),
                fields.one("host-keys", Kinds.HOST_KEYS),
                fields.one("flannel-iface", Kinds.IFACE),
                labels(fields),
                taints(fields),
                disks(fields));
    }

    private static Optional<SecretSource> sudoPassword(Fields fields, Paths paths) {
        return fields.value("sudo-password")
                .flatMap(value -> SourceSection.read(fields.path("sudo-password"), value, fields.mistakes(), paths));
    }

    /** An empty list says that there are none, whatever the groups and the defaults say. */
    private static Optional<List<String>> disks(Fields fields) {
        return fields.has("disks")
                ? Optional.of(fields.list("disks", Kinds.DATA_PATH).stream()
                        .distinct()
                        .toList())
                : Optional.empty();
    }

    private static List<Label> labels(Fields fields) {
        List<Label> labels = new ArrayList<>();
        fields.map("labels").forEach((key, pair) -> label(fields, key, pair).ifPresent(labels::add));
        return labels;
    }

    private static Optional<Label> label(Fields fields, String key, Tree.Pair pair) {
        String path = fields.path("labels") + "." + key;
        Kind<Label> kind = Kind.of("a label", "write one such as storage: ssd", value -> new Label(key, value));
        // A label without a value is a common one: "node.kubernetes.io/exclude: ''" or nothing after the colon.
        Optional<Label> label = Fields.isNothing(pair.value())
                ? kind.read(new Tree.Text("", false, pair.key()), path, fields.mistakes())
                : kind.read(pair.value(), path, fields.mistakes());
        label.filter(Label::refusedByKubelet).ifPresent(refused -> refuse(fields, path, pair.key()));
        return label;
    }

    private static void refuse(Fields fields, String path, Place place) {
        fields.mistakes()
                .add(
                        place,
                        path + " is not for us to set",
                        "a kubelet may not give itself labels of kubernetes.io and k8s.io, and k3s does not start with one",
                        "use a prefix of your own, such as home.arpa/");
    }

    private static List<Taint> taints(Fields fields) {
        List<Taint> taints = fields.list("taints", Kinds.TAINT);
        Set<String> seen = new HashSet<>();
        for (Taint taint : taints) {
            if (!seen.add(taint.key() + ":" + taint.effect())) {
                String what = fields.path("taints") + " has " + taint.key() + ":" + taint.effect() + " twice";
                fields.mistakes().add(fields.place("taints"), what, "a node takes it once", "keep one of them");
            }
        }
        return taints;
    }
}
