package homelab.phase;

import homelab.model.Bundled;
import homelab.model.Cluster;
import homelab.model.ClusterNames;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.model.Traefik;
import homelab.phase.bundled.Manifests;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.NoFile;
import homelab.resource.Resource;
import homelab.resource.TextFile;
import homelab.resource.bundled.Component;
import homelab.resource.bundled.LocalPathAt;
import homelab.resource.bundled.Manifested;
import homelab.resource.bundled.NamesAnswered;
import homelab.resource.bundled.TraefikRuns;
import homelab.resource.bundled.Unmanifested;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What k3s brings along is as the inventory says: a manifest of ours on every server, since k3s applies each server's own
 * and keeps none of them alike, the object that comes of it, and what runs by it.
 *
 * @param parts of which it takes care, by their keys under {@code addons:}
 * @param adopt whether an object of others is taken over
 */
public record BundledPhase(Set<String> parts, boolean adopt) implements Phase {
    public static final String NAME = "bundled";
    public static final List<String> PARTS = List.of("traefik", "coredns", "local-path", "metrics-server");
    private static final Map<String, String> COMPONENTS = Map.of("local-path", "local-storage");

    public BundledPhase {
        parts = Set.copyOf(parts);
    }

    public static BundledPhase all() {
        return new BundledPhase(Set.copyOf(PARTS), false);
    }

    /** The parts of which the inventory says something, in the order of {@link #PARTS}. */
    public static List<String> configured(Cluster cluster) {
        Bundled bundled = cluster.addons().bundled();
        return PARTS.stream()
                .filter(part -> part.equals("traefik") && bundled.traefik().isPresent()
                        || part.equals("coredns") && bundled.names().isPresent()
                        || part.equals("local-path") && bundled.localPath().isPresent()
                        || bundled.wanted().contains(component(part))
                        || cluster.k3s().disable().contains(component(part)))
                .toList();
    }

    private static String component(String part) {
        return COMPONENTS.getOrDefault(part, part);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Step> steps(Site site) {
        Bundled bundled = site.cluster().addons().bundled();
        List<Step> steps = new ArrayList<>();
        if (parts.contains("traefik")) {
            files(site, steps, Manifests.TRAEFIK, bundled.traefik().map(Manifests::traefik));
            bundled.traefik()
                    .map(this::traefik)
                    .orElse(without(site, Unmanifested.TRAEFIK))
                    .forEach(one -> add(steps, one));
        }
        if (parts.contains("coredns")) {
            files(site, steps, Manifests.COREDNS, bundled.names().map(Manifests::coredns));
            bundled.names()
                    .map(names -> names(site, names))
                    .orElse(without(site, Unmanifested.COREDNS))
                    .forEach(one -> add(steps, one));
        }
        components(site).forEach(component -> add(steps, component));
        bundled.localPath()
                .filter(path -> parts.contains("local-path"))
                .ifPresent(path -> add(steps, new LocalPathAt(path)));
        return steps;
    }

    private static void files(Site site, List<Step> steps, String path, Optional<String> text) {
        Resource file =
                text.<Resource>map(content -> TextFile.closed(path, content)).orElseGet(() -> new NoFile(path));
        site.cluster().servers().stream()
                .filter(site::reached)
                .map(Node::name)
                .forEach(name -> steps.add(new Step(NAME, new Target.OnHost(name), file)));
    }

    /** Before there is a cluster there is nothing in it. */
    private static List<Resource> without(Site site, Unmanifested gone) {
        return site.leader().isPresent() ? List.of(gone) : List.of();
    }

    private static void add(List<Step> steps, Resource resource) {
        steps.add(new Step(NAME, new Target.OnCluster(), resource));
    }

    private List<Resource> traefik(Traefik traefik) {
        return List.of(
                new Manifested(Manifests.traefik(traefik), adopt), new TraefikRuns(traefik, Manifests.values(traefik)));
    }

    private List<Resource> names(Site site, ClusterNames names) {
        Ip server = site.cluster()
                .network()
                .dns()
                .orElseGet(() -> site.cluster().network().services().nth(10)); // k3s's default
        return List.of(new Manifested(Manifests.coredns(names), adopt), new NamesAnswered(server, names.hosts()));
    }

    private List<Component> components(Site site) {
        List<Component> all = new ArrayList<>();
        Set<String> wanted = site.cluster().addons().bundled().wanted();
        for (String part : PARTS) {
            String name = component(part);
            boolean unwanted = site.cluster().k3s().disable().contains(name);
            boolean told = part.equals("traefik")
                    && site.cluster().addons().bundled().traefik().isPresent();
            if (parts.contains(part) && (wanted.contains(name) || told || unwanted)) {
                all.add(new Component(name, !unwanted));
            }
        }
        return all;
    }
}
