package homelab.doctor.sec;

import homelab.doctor.Item;
import homelab.doctor.Selector;
import homelab.doctor.pod.Pod;
import homelab.model.Cidr;
import homelab.model.Ip;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule of a NetworkPolicy: any of its peers by any of its ports. None named means all.
 *
 * @param peers "from" or "to"
 */
record Rule(Item item, String peers) {

    boolean opensAll() {
        return item.items("ports").isEmpty() && (anybody() || everywhere());
    }

    private boolean anybody() {
        return item.items(peers).isEmpty();
    }

    private boolean everywhere() {
        return item.items(peers).stream()
                .anyMatch(peer -> List.of("0.0.0.0/0", "::/0").contains(peer.text("ipBlock.cidr"))
                        && peer.items("ipBlock.except").isEmpty());
    }

    /** Whether an address that is no pod's is let through. */
    boolean admits(Ip address) {
        return anybody()
                || item.items(peers).stream()
                        .filter(peer -> peer.at("ipBlock").exists())
                        .anyMatch(peer -> holds(peer.text("ipBlock.cidr"), address)
                                && peer.words("ipBlock.except").stream().noneMatch(except -> holds(except, address)));
    }

    private static boolean holds(String cidr, Ip address) {
        try {
            return Cidr.parse(cidr).contains(address);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @param home the namespace of the policy; @param labels of the namespace of the pod */
    boolean admits(Pod pod, String home, Map<String, String> labels) {
        return anybody()
                || item.items(peers).stream().anyMatch(peer -> isPeer(peer, pod, home, labels))
                || address(pod).filter(this::admits).isPresent();
    }

    private static boolean isPeer(Item peer, Pod pod, String home, Map<String, String> labels) {
        boolean spaces = peer.at("namespaceSelector").exists();
        boolean pods = peer.at("podSelector").exists();
        boolean there = spaces
                ? new Selector(peer.at("namespaceSelector")).selects(labels)
                : pod.namespace().equals(home);
        return (spaces || pods)
                && there
                && (!pods
                        || new Selector(peer.at("podSelector"))
                                .selects(pod.item().map("metadata.labels")));
    }

    private static Optional<Ip> address(Pod pod) {
        try {
            return Optional.of(Ip.parse(pod.item().text("status.podIP")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @param port the number at the pod; @param name what the pod calls it, or empty */
    boolean opens(String protocol, long port, String name) {
        List<Item> ports = item.items("ports");
        return ports.isEmpty() || ports.stream().anyMatch(one -> opens(one, protocol, port, name));
    }

    private static boolean opens(Item one, String protocol, long port, String name) {
        String said = one.text("protocol").isEmpty() ? "TCP" : one.text("protocol");
        String from = one.text("port");
        if (!said.equals(protocol) || from.isEmpty()) {
            return said.equals(protocol);
        }
        long end = one.number("endPort").orElse(port);
        return !name.isEmpty() && from.equals(name)
                || one.number("port")
                        .filter(first -> one.at("endPort").exists() ? first <= port && port <= end : first == port)
                        .isPresent();
    }
}
