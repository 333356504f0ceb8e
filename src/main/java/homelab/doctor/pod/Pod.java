package homelab.doctor.pod;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Objects;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A pod of the list. */
public record Pod(Item item) {
    // Longer names begin with what k3s calls its own.
    private static final List<String> OF_K3S = List.of(
            "coredns",
            "traefik",
            "metrics-server",
            "local-path-provisioner",
            "svclb-",
            "helm-install-",
            "helm-delete-");

    /** All of them. */
    public static List<Pod> all(House house) {
        return Item.of(house, Objects.PODS).stream().map(Pod::new).toList();
    }

    /** Those that have not ended. */
    public static List<Pod> alive(House house) {
        return all(house).stream().filter(pod -> !pod.hasEnded()).toList();
    }

    public boolean hasEnded() {
        return item.is("status.phase", "Succeeded") || item.is("status.phase", "Failed");
    }

    public String subject() {
        return item.subject("Pod");
    }

    public String namespace() {
        return item.namespace();
    }

    public String node() {
        return item.text("spec.nodeName");
    }

    /** Who made it, as kubectl takes it: {@code deployment/web}; itself when nobody did. */
    public String owner() {
        for (Item owner : item.items("metadata.ownerReferences")) {
            String kind = owner.text("kind").toLowerCase(Locale.ROOT);
            String name = owner.text("name");
            String hash = item.at("metadata.labels").text("pod-template-hash");
            boolean deployed = kind.equals("replicaset") && !hash.isEmpty() && name.endsWith("-" + hash);
            return deployed ? "deployment/" + name.substring(0, name.length() - hash.length() - 1) : kind + "/" + name;
        }
        return "pod/" + item.name();
    }

    public boolean ownedBy(String kind) {
        return owner().startsWith(kind + "/");
    }

    /** Whether k3s brings it along: its resources are k3s's to choose. */
    public boolean isOfK3s() {
        String name = owner().substring(owner().indexOf('/') + 1);
        return namespace().equals("kube-system") && OF_K3S.stream().anyMatch(name::startsWith);
    }

    /** Those that run as long as the pod does. */
    public List<Item> containers() {
        return Stream.concat(item.items("spec.containers").stream(), sidecars()).toList();
    }

    private Stream<Item> sidecars() {
        return item.items("spec.initContainers").stream().filter(one -> one.is("restartPolicy", "Always"));
    }

    /** What the scheduler counts for it, in bytes. @param of requests or limits */
    public long memory(String of) {
        long running = containers().stream().mapToLong(one -> memory(one, of)).sum();
        long starting = item.items("spec.initContainers").stream()
                .filter(one -> !one.is("restartPolicy", "Always"))
                .mapToLong(one -> memory(one, of))
                .max()
                .orElse(0);
        return Math.max(running, starting)
                + item.quantity("spec.overhead.memory").orElse(0L);
    }

    private static long memory(Item container, String of) {
        return Math.min(container.quantity("resources." + of + ".memory").orElse(0L), Long.MAX_VALUE >> 20);
    }

    /** Of all its containers, those that prepare it among them. */
    public List<Item> statuses() {
        return Stream.concat(
                        item.items("status.initContainerStatuses").stream(),
                        item.items("status.containerStatuses").stream())
                .toList();
    }
}
