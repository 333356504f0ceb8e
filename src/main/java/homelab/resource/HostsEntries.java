package homelab.resource;

import homelab.model.Cluster;
import java.util.Comparator;
import java.util.List;

/** The cluster's nodes by name on each of its hosts, so that they find each other when DNS is down. */
public final class HostsEntries {
    /** Written over /etc/hosts at each boot on images where cloud-init manages it, as Raspberry Pi Imager sets it up. */
    private static final String CLOUD_TEMPLATE = "/etc/cloud/templates/hosts.debian.tmpl";

    private HostsEntries() {}

    /** By name, so that another order of the inventory changes nothing on the hosts. */
    public static List<Resource> of(Cluster cluster) {
        List<String> lines = cluster.nodes().stream()
                .sorted(Comparator.comparing(node -> node.name().text()))
                .map(node -> node.ip() + " " + node.name())
                .toList();
        return List.of(
                new BlockInFile("/etc/hosts", "nodes", lines, true),
                new BlockInFile(CLOUD_TEMPLATE, "nodes", lines, false));
    }
}
