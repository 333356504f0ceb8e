package homelab.resource.bundled;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Problem;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.resource.helm.Differences;
import homelab.resource.helm.Drifted;
import homelab.resource.helm.Item;
import homelab.resource.helm.Manifest;
import homelab.resource.helm.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The object of one of our manifests is in the cluster as the manifest has it. The file alone brings that about only when
 * it is new: k3s looks at a file again when it changes or k3s starts, and never at what became of its object. Asked on a server.
 *
 * @param manifest the file's text, one object
 * @param adopt whether an object of others is taken over, with what it says
 */
public record Manifested(String manifest, boolean adopt) implements Resource {
    static final String OWNER = "app.kubernetes.io/managed-by";
    private static final String ADDON = "objectset.rio.cattle.io/owner-name";
    private static final String VALUES = "valuesContent";

    private Item item() {
        return Manifest.read(manifest, "kube-system").get(0);
    }

    private boolean isConfig() {
        return item().kind().equals("HelmChartConfig");
    }

    private String path() {
        return isConfig() ? BundledLook.TRAEFIK_CONFIG : BundledLook.COREDNS_CUSTOM;
    }

    @Override
    public String id() {
        return item().title();
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(BundledLook.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(BundledLook.PROBE),
                look -> look.at(path())
                        .map(this::judged)
                        .orElseGet(() -> Status.drift(Worst.CREATE, id(), "absent", "present")));
    }

    private Status judged(Map<String, Object> live) {
        List<Change> changes = isConfig() ? configChanges(live) : Drifted.changes(item(), live);
        Optional<Problem> refused = changes.isEmpty() || adopt ? Optional.empty() : theirs(live);
        if (refused.isPresent()) {
            return new Status.Refused(refused.get());
        }
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.RESTART);
    }

    /** What Traefik is told is one text in the object; it is compared key by key. */
    private List<Change> configChanges(Map<String, Object> live) {
        List<Change> changes = new ArrayList<>(Drifted.changes(item(), live));
        changes.removeIf(change -> change.what().endsWith(" spec." + VALUES));
        changes.addAll(Differences.of(id() + " ", values(live), values(item().tree())));
        return changes;
    }

    private static Map<String, Object> values(Map<String, Object> config) {
        try {
            return Manifest.tree(Trees.word(config, "spec", VALUES));
        } catch (IllegalStateException e) {
            return Map.of(VALUES, "no YAML");
        }
    }

    /** Ours is what k3s made of our file, or what bears our label. */
    private Optional<Problem> theirs(Map<String, Object> live) {
        String addon = Trees.word(live, "metadata", "annotations", ADDON);
        boolean ours = Trees.word(live, "metadata", "labels", OWNER).equals("homelab") || addon.equals(file());
        boolean shared = !isConfig() && addon.isEmpty();
        if (ours || shared) {
            return Optional.empty();
        }
        String by = addon.isEmpty() ? "somebody by hand" : "the manifest " + addon + " on a server";
        return Optional.of(Problem.of(
                id() + ": was made by " + by,
                "what it says would be gone: " + told(live),
                "write it under addons in the inventory, remove that manifest, and take it over: homelab addons apply "
                        + (isConfig() ? "traefik" : "coredns") + " --adopt"));
    }

    private String told(Map<String, Object> live) {
        return String.join(
                ", ",
                isConfig() ? values(live).keySet() : Trees.map(live, "data").keySet());
    }

    private String file() {
        return isConfig() ? "homelab-traefik" : "homelab-coredns";
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of("set -eu\n"
                + Sh.feed(
                        manifest,
                        "k3s kubectl apply --server-side --force-conflicts --field-manager=homelab -f - >&2"));
    }
}
