package homelab.recovery;

import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether all that containerd keeps on a node may be moved aside, so that it starts with nothing (class D). With its records
 * go the images, and the kubelet's memory of what has run.
 *
 * @param pods of that node as the API has them; empty when no API answers
 * @param rerun pods that may run a second time, as namespace/name; {@link #ANY} for whichever there are
 * @param inside names and addresses of the cluster's own nodes
 */
public record Offline(String node, Optional<List<NodePod>> pods, Set<String> rerun, Set<String> inside) {
    /** Instead of a pod's name, where nobody can tell which pods there are. */
    public static final String ANY = "any";

    private static final int FEW = 4;

    public Offline {
        pods = pods.map(List::copyOf);
        rerun = Set.copyOf(rerun);
        inside = Set.copyOf(inside);
    }

    /** The first thing that speaks against it. */
    public Optional<Problem> against(Ground ground) {
        return Stream.of(runs(ground), folder(ground), once(ground), room(ground), images(ground))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Beside new records it would run on, known to nobody, and be started a second time. */
    private Optional<Problem> runs(Ground ground) {
        return when(
                !ground.runs().isEmpty(),
                "of " + few(ground.runs()) + " something runs still",
                "without containerd's records it would run on unknown to all, beside a second one of its kind",
                "on it: sudo reboot (that ends it in order); then this again");
    }

    private Optional<Problem> folder(Ground ground) {
        return when(
                !ground.folder().equals("plain"),
                "containerd's folder cannot be moved aside",
                "/var/lib/rancher/k3s/agent/containerd is "
                        + (ground.folder().equals("none") ? "not there" : "a " + ground.folder()),
                "on it, with k3s stopped: move what is in it to another folder of the same disk, and start k3s");
    }

    private Optional<Problem> once(Ground ground) {
        List<String> unsure = pods.map(Offline::once).orElse(ground.kept()).stream()
                .filter(pod -> !rerun.contains(pod))
                .toList();
        String why = pods.isPresent()
                ? "what containerd keeps of them is all that keeps the kubelet from running them a second time"
                : "no API answers that could tell which of these are to run once: " + few(unsure);
        return when(
                !unsure.isEmpty() && !rerun.contains(ANY),
                pods.isPresent() ? few(unsure) + " to run once" : "pods of it may be to run once",
                why,
                "if all of them may run again: homelab recover-sandboxes --offline --node " + node + " --rerun "
                        + (pods.isPresent() ? String.join(",", unsure) : ANY));
    }

    private static List<String> once(List<NodePod> pods) {
        return pods.stream()
                .filter(pod -> pod.once() && !pod.ended())
                .map(NodePod::pod)
                .sorted()
                .toList();
    }

    private Optional<Problem> room(Ground ground) {
        return when(
                ground.free() < ground.used(),
                "too little room for the images a second time",
                size(ground.free()) + " are free, and what is moved aside holds " + size(ground.used()),
                "on it: make room, or move /var/lib/rancher/k3s/agent/containerd to another disk with k3s stopped");
    }

    private Optional<Problem> images(Ground ground) {
        return when(
                ground.archives().isEmpty() && ground.mirrors().isEmpty() && !ground.names(),
                "no image would come back",
                "there is no archive in /var/lib/rancher/k3s/agent/images, no mirror, and registry-1.docker.io has no address here",
                "put k3s' archive of images there (homelab bootstrap does, where it was told to), or mend the host's DNS");
    }

    private Optional<Problem> when(boolean so, String what, String why, String fix) {
        return so ? Optional.of(Problem.of(node + ": not offline: " + what, why, fix)) : Optional.empty();
    }

    /** From where images come back, a sentence each, and the hen that waits for its egg. */
    public List<String> warnings(Ground ground) {
        List<String> told = new ArrayList<>();
        String archives = ground.archives().isEmpty() ? "no archive there" : few(ground.archives());
        told.add("images come back from " + archives + ", and all others are pulled again");
        if (!ground.names()) {
            told.add("it finds no registry in the internet: only what archives and mirrors have comes back");
        }
        Set<String> own = Stream.concat(
                        pods.orElse(List.of()).stream()
                                .flatMap(pod -> pod.images().stream())
                                .map(Offline::registry),
                        ground.mirrors().stream())
                .filter(this::isInside)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
        own.forEach(registry -> told.add("the registry " + registry
                + " is in this very cluster: what only it has cannot be pulled until it runs again, and it may wait for"
                + " such an image itself"));
        return told;
    }

    /** The part of an image's name before the first slash, where that is a host (as of the reference grammar of OCI). */
    static String registry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost") ? first : "docker.io";
    }

    private boolean isInside(String registry) {
        String host = registry.replaceFirst(":[0-9]+$", "");
        return inside.contains(host)
                || host.equals("localhost")
                || host.startsWith("127.")
                || host.endsWith(".svc")
                || host.endsWith(".cluster.local");
    }

    static String size(long kibibytes) {
        return kibibytes / 1024 + " MiB";
    }

    private static String few(List<String> names) {
        return names.size() > FEW
                ? String.join(", ", names.subList(0, FEW)) + " and " + (names.size() - FEW) + " more"
                : String.join(", ", names);
    }
}
