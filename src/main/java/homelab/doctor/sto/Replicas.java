package homelab.doctor.sto;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** STO-003: no volume wants more copies than there are nodes, and none that could have two has one. */
final class Replicas implements ApiCheck {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");
    private static final Pattern FIRST_ENGINE = Pattern.compile("\"v1\"\\s*:\\s*\"?(\\d{1,3})\"?");

    @Override
    public String id() {
        return "STO-003";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Longhorn.VOLUMES, Longhorn.NODES, Longhorn.SETTINGS, Longhorn.CLASSES);
    }

    @Override
    public String without() {
        return Longhorn.ABSENT;
    }

    @Override
    public List<Finding> found(House house) {
        long nodes = Longhorn.open(house);
        if (nodes == 0) {
            return List.of(unknown("cluster", "Longhorn has no node that takes copies"));
        }
        List<Finding> findings = new ArrayList<>();
        Item.of(house, Longhorn.VOLUMES).forEach(volume -> volume(volume, nodes, findings));
        Item.of(house, Longhorn.CLASSES).stream()
                .filter(one -> one.is("provisioner", Longhorn.DRIVER))
                .forEach(one -> wanted(
                        "StorageClass " + one.name(),
                        number(one.text("parameters.numberOfReplicas")),
                        nodes,
                        "persistence.defaultClassReplicaCount: " + nodes + " in the values of addons.longhorn",
                        findings));
        Item.of(house, Longhorn.SETTINGS).stream()
                .filter(one -> one.name().equals("default-replica-count"))
                .forEach(one -> wanted(
                        "Setting " + one.name(),
                        number(one.text("value")),
                        nodes,
                        "defaultSettings.defaultReplicaCount: " + nodes + " in the values of addons.longhorn",
                        findings));
        return orPass(findings, "no more copies are wanted than the " + nodes + " nodes that take them hold");
    }

    private void volume(Item volume, long nodes, List<Finding> findings) {
        long copies = volume.number("spec.numberOfReplicas").orElse(0L);
        String subject = Longhorn.subject(volume);
        String fix = "kubectl -n " + volume.namespace() + " patch volumes.longhorn.io " + volume.name()
                + " --type=merge -p '{\"spec\":{\"numberOfReplicas\":" + Math.min(nodes, 2) + "}}'";
        wanted(subject, copies, nodes, fix, findings);
        if (copies == 1 && nodes > 1 && !volume.is("spec.dataLocality", "strict-local")) {
            findings.add(warn(subject, "has one copy, and goes with the node that holds it")
                    .by("numberOfReplicas 1, " + nodes + " nodes take copies")
                    .fix(fix));
        }
    }

    private void wanted(String subject, long copies, long nodes, String fix, List<Finding> findings) {
        if (copies > nodes) {
            findings.add(fail(subject, "wants more copies than there are nodes: it stays degraded")
                    .by(copies + " copies, " + nodes + " nodes take them")
                    .fix(fix));
        }
    }

    /** A plain number, or since Longhorn 1.10 one for each engine. */
    private static long number(String text) {
        Matcher engines = FIRST_ENGINE.matcher(text.length() > 200 ? "" : text);
        return NUMBER.matcher(text).matches()
                ? Long.parseLong(text)
                : engines.find() ? Long.parseLong(engines.group(1)) : 0;
    }
}
