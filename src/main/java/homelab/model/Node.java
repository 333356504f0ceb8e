package homelab.model;

import java.util.List;
import java.util.Optional;

/**
 * One machine of the inventory.
 *
 * @param ip the address the node has in the cluster (k3s's node-ip)
 * @param become whether root is had by {@code sudo -n}; false when the login is root
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
        Optional<String> model) {

    public Node {
        labels = List.copyOf(labels);
        taints = List.copyOf(taints);
    }

    public boolean isServer() {
        return role == Role.SERVER;
    }
}
