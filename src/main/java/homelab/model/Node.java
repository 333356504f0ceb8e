package homelab.model;

import java.util.List;
import java.util.Optional;

/**
 * One machine of the inventory.
 *
 * @param ip the address the node has in the cluster (k3s's node-ip)
 * @param become whether root is had by {@code sudo -n}; false when the login is root
 * @param disks folders in which Longhorn keeps data, each best on a disk of its own; where no node has any, Longhorn's own
 *     default on all of them
 * @param model what the user says the hardware is ("Raspberry Pi 5"); only compared with what is found
 */
public record Node(
        NodeName name,
        Role role,
        Access access,
        Ip ip,
        boolean become,
        Optional<String> flannelIface,
        List<Label> labels,
        List<Taint> taints,
        List<String> disks,
        Optional<String> model) {
    /** Longhorn's label of a node that holds data: "true", or "config" when its disks are told by name. */
    public static final String STORES = "node.longhorn.io/create-default-disk";

    public Node {
        labels = List.copyOf(labels);
        taints = List.copyOf(taints);
        disks = List.copyOf(disks);
    }

    /** One that says nothing of disks. */
    public Node(
            NodeName name,
            Role role,
            Access access,
            Ip ip,
            boolean become,
            Optional<String> flannelIface,
            List<Label> labels,
            List<Taint> taints,
            Optional<String> model) {
        this(name, role, access, ip, become, flannelIface, labels, taints, List.of(), model);
    }

    /** The same node, reached in another way. */
    public Node with(Access reached) {
        return new Node(name, role, reached, ip, become, flannelIface, labels, taints, disks, model);
    }

    /** The same node in another role. */
    public Node with(Role other) {
        return new Node(name, other, access, ip, become, flannelIface, labels, taints, disks, model);
    }

    // Names tell nodes of a cluster apart, and come first; for why it is written out see NodeName.
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Node node && name.equals(node.name) && sameBeyondName(node);
    }

    private boolean sameBeyondName(Node node) {
        return role == node.role
                && access.equals(node.access)
                && ip.equals(node.ip)
                && become == node.become
                && flannelIface.equals(node.flannelIface)
                && labels.equals(node.labels)
                && taints.equals(node.taints)
                && disks.equals(node.disks)
                && model.equals(node.model);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    public boolean isServer() {
        return role == Role.SERVER;
    }
}
