package homelab.phase;

import static homelab.plan.Finding.refuse;
import static homelab.plan.Finding.warn;

import homelab.facts.Facts;
import homelab.facts.Facts.Disk;
import homelab.model.Node;
import homelab.plan.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rules about how big one host is: memory, processors, and room for k3s that is not there yet. */
final class PreflightSize {
    private static final long GIB = 1L << 30;

    private PreflightSize() {}

    static List<Finding> judge(Node node, Facts facts) {
        List<Finding> findings = new ArrayList<>();
        room(node, facts, findings);
        return findings;
    }

    private static void room(Node node, Facts facts, List<Finding> findings) {
        facts.memoryBytes()
                .known()
                .filter(bytes -> node.isServer() && bytes < GIB)
                .ifPresent(bytes -> findings.add(refuse(
                        node.name() + ": too little memory for a server",
                        "it has " + gib(bytes) + " and 1 GiB is the least",
                        "make it an agent, or take another machine as server")));
        small(node, facts, findings);
        boolean bare = Preflight.bare(facts);
        facts.disks().known().stream()
                .flatMap(List::stream)
                .filter(disk -> bare && disk.path().equals("/var/lib/rancher") && disk.freeBytes() < 4 * GIB)
                .forEach(disk -> findings.add(fullDisk(node, disk)));
    }

    /** What k3s asks for: 2 processors for a server, 512 MB for an agent (k3s documentation, "Requirements"). */
    private static void small(Node node, Facts facts, List<Finding> findings) {
        facts.cpus()
                .known()
                .filter(cpus -> node.isServer() && cpus < 2)
                .ifPresent(cpus -> findings.add(warn(
                        node.name() + ": has one processor for a server",
                        "k3s asks for two; the API gets slow when pods are busy",
                        "make it an agent, or take another machine as server")));
        facts.memoryBytes()
                .known()
                .filter(bytes -> !node.isServer() && bytes < 7 * GIB / 16)
                .ifPresent(bytes -> findings.add(warn(
                        node.name() + ": has little memory for an agent",
                        "it has " + gib(bytes) + " and k3s asks for half a GiB before the first pod",
                        "give it no pods that need more than what is left")));
    }

    private static Finding fullDisk(Node node, Disk disk) {
        return refuse(
                node.name() + ": too little room under " + disk.path(),
                gib(disk.freeBytes()) + " are free on " + disk.device() + " and 4 GiB are needed",
                "make room (sudo apt-get clean, sudo journalctl --vacuum-size=100M), or put a disk there");
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) GIB);
    }
}
