package homelab.doctor.sto;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** STO-001: each node has what Longhorn needs, by Longhorn's own account, and nothing takes its disks away. */
final class Prerequisites implements ApiCheck {
    private static final List<String> CONDITIONS =
            List.of("MountPropagation", "RequiredPackages", "KernelModulesLoaded", "NFSClientInstalled");
    /** False wherever multipathd runs, whatever it spares: asked only where the host could not be looked at. */
    private static final String MULTIPATHD = "Multipathd";

    /** Whether multipathd runs, and leaves SCSI disks alone, or those that say they are what Longhorn's volumes say. */
    static final Probe<Answer> MULTIPATH = Probe.of("doctor:multipath", """
            systemctl is-active --quiet multipathd.service 2>/dev/null || { echo inactive; exit 0; }
            for file in /etc/multipath.conf /etc/multipath/conf.d/*.conf; do
              [ -r "$file" ] && head -c 65536 "$file" | grep -Eq '^[^#]*(devnode[[:space:]]+"?\\^sd|vendor[[:space:]]+"?IET)' && { echo spares; exit 0; }
            done
            echo takes
            """, answer -> answer);

    @Override
    public String id() {
        return "STO-001";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Longhorn.NODES, Longhorn.CSI_NODES);
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(MULTIPATH);
    }

    @Override
    public String without() {
        return Longhorn.ABSENT;
    }

    @Override
    public List<String> mendedBy() {
        return List.of(
                "packages",
                "kernel modules",
                "file /etc/modules-load.d/homelab.conf",
                "unit iscsid",
                "file /etc/multipath/conf.d/homelab.conf");
    }

    @Override
    public List<Finding> found(House house) {
        Set<String> driven = Item.of(house, Longhorn.CSI_NODES).stream()
                .filter(node -> node.items("spec.drivers").stream().anyMatch(one -> one.is("name", Longhorn.DRIVER)))
                .map(Item::name)
                .collect(Collectors.toSet());
        List<Finding> findings = new ArrayList<>();
        Item.of(house, Longhorn.NODES).forEach(node -> findings.add(judge(house, node, driven)));
        return orPass(findings, "Longhorn has no nodes yet");
    }

    private Finding judge(House house, Item node, Set<String> driven) {
        List<String> wrong = new ArrayList<>();
        String multipath = multipath(house, node.name());
        Stream.concat(CONDITIONS.stream(), multipath.equals("unknown") ? Stream.of(MULTIPATHD) : Stream.empty())
                .flatMap(type -> node.condition(type).stream())
                .filter(one -> one.is("status", "False"))
                .forEach(one -> wrong.add(one.text("type") + ": " + one.text("reason") + " " + one.text("message")));
        if (!driven.contains(node.name())) {
            wrong.add("its kubelet does not know " + Longhorn.DRIVER);
        }
        if (multipath.equals("takes")) {
            wrong.add("multipathd runs and takes disks named sd*, so Longhorn's as well");
        }
        if (!wrong.isEmpty()) {
            String fix = !driven.contains(node.name()) && wrong.size() == 1
                    ? "kubectl -n longhorn-system get pods -l app=longhorn-csi-plugin -o wide"
                    : "homelab bootstrap --only host --node " + node.name();
            return fail(node.name(), "lacks what Longhorn needs").by(wrong).fix(fix);
        }
        return multipath.equals("unknown")
                ? unknown(node.name(), "whether multipathd takes Longhorn's disks could not be seen")
                : pass(node.name(), "has what Longhorn needs");
    }

    private static String multipath(House house, String name) {
        boolean nameable = house.cluster().nodes().stream()
                .map(Node::name)
                .map(NodeName::text)
                .anyMatch(name::equals);
        Reading<Answer> seen = nameable
                ? house.cluster()
                        .node(new NodeName(name))
                        .map(node -> house.reading(node, MULTIPATH))
                        .orElse(new Reading.Unknown<>("no such node"))
                : new Reading.Unknown<>("not in the inventory");
        return seen.known()
                .map(answer -> answer.text().strip())
                .filter(word -> !word.isEmpty())
                .orElse("unknown");
    }
}
