package homelab.inventory;

import homelab.model.Bundled;
import homelab.model.ClusterNames;
import homelab.model.Ip;
import homelab.model.Traefik;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands under {@code addons:} about what k3s brings along. */
final class BundledSection {
    private final Fields addons;
    private final List<String> disabled;
    private final Paths paths;
    private final Set<String> wanted = new LinkedHashSet<>();
    private final Set<String> unwanted = new LinkedHashSet<>();

    private BundledSection(Fields addons, List<String> disabled, Paths paths) {
        this.addons = addons;
        this.disabled = disabled;
        this.paths = paths;
    }

    /** @param unwanted components of k3s, by its names, that are not to be there */
    record Read(Bundled bundled, Set<String> unwanted) {}

    /** @param disabled what {@code k3s.disable} names */
    static Read read(Fields addons, List<String> disabled, Paths paths) {
        BundledSection section = new BundledSection(addons, disabled, paths);
        Optional<Traefik> traefik =
                section.component("traefik", Section.TRAEFIK, "traefik").map(section::traefik);
        Optional<String> localPath = section.component("local-path", Section.LOCAL_PATH, "local-storage")
                .filter(fields -> fields.has("path"))
                .flatMap(fields -> fields.one("path", Kinds.REMOTE_PATH));
        section.component("metrics-server", Section.METRICS_SERVER, "metrics-server");
        Optional<ClusterNames> names = section.names();
        return new Read(new Bundled(traefik, names, localPath, section.wanted), section.unwanted);
    }

    /** The section of a component that is to be there; empty when nothing is said about it, or that it is not. */
    private Optional<Fields> component(String key, Section section, String name) {
        if (!addons.has(key)) {
            return Optional.empty();
        }
        Fields own = addons.section(key, section);
        boolean enabled = own.one("enabled", Kinds.FLAG, true).orElse(true);
        (enabled ? wanted : unwanted).add(name);
        if (enabled && disabled.contains(name)) {
            String why = "k3s.disable has " + name + ", and one of the two must be wrong";
            own.mistakes().add(own.at(), own.path() + " is disabled", why, "take it out of k3s.disable, or from here");
        }
        return enabled ? Optional.of(own) : Optional.empty();
    }

    private Traefik traefik(Fields fields) {
        Map<String, Object> values = fields.has("values")
                ? fields.one("values", paths.present())
                        .map(file -> ValuesFile.read(file, fields.place("values"), fields.mistakes()))
                        .orElse(Map.of())
                : Map.of();
        return new Traefik(
                fields.list("trusted-ips", Kinds.CIDR),
                fields.has("external-traffic-policy")
                        ? fields.one("external-traffic-policy", Kinds.POLICY)
                        : Optional.empty(),
                fields.one("dashboard", Kinds.FLAG, false).orElse(false),
                values);
    }

    private Optional<ClusterNames> names() {
        if (!addons.has("coredns")) {
            return Optional.empty();
        }
        Fields fields = addons.section("coredns", Section.COREDNS);
        Map<String, List<Ip>> forward = addresses(fields, "forward");
        Map<String, List<Ip>> hosts = addresses(fields, "hosts");
        hosts.keySet().stream().filter(forward::containsKey).forEach(name -> twice(fields, name));
        ClusterNames names = new ClusterNames(forward, hosts);
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private static void twice(Fields fields, String name) {
        String why = "CoreDNS does not start with one name in two places";
        fields.mistakes().add(fields.place("hosts"), fields.path("hosts") + "." + name + " is forwarded too", why, "");
    }

    private static Map<String, List<Ip>> addresses(Fields fields, String key) {
        Map<String, List<Ip>> all = new LinkedHashMap<>();
        fields.map(key).forEach((name, pair) -> {
            String path = fields.path(key) + "." + name;
            Tree.Text domain = new Tree.Text(name, false, pair.key());
            Kinds.HOST_NAME.read(domain, path, fields.mistakes()).ifPresent(known -> {
                refuseTheClustersOwn(fields, path, domain);
                all.put(known, addresses(fields, path, pair.value()));
            });
        });
        return all;
    }

    private static void refuseTheClustersOwn(Fields fields, String path, Tree.Text domain) {
        if (domain.value().equals("cluster.local") || domain.value().endsWith(".cluster.local")) {
            String why = "the names of Services are there, and pods would no longer find them";
            fields.mistakes().add(domain.place(), path + " is the cluster's own domain", why, "remove it");
        }
    }

    /** One address, or several in brackets. */
    private static List<Ip> addresses(Fields fields, String path, Tree value) {
        List<Tree> items = value instanceof Tree.Items list ? list.items() : List.of(value);
        List<Ip> found = new ArrayList<>();
        items.forEach(item -> Kinds.IP.read(item, path, fields.mistakes()).ifPresent(found::add));
        return found;
    }
}
