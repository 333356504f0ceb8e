package homelab.phase.bundled;

import homelab.model.ClusterNames;
import homelab.model.Ip;
import homelab.model.Traefik;
import homelab.phase.Derived;
import homelab.resource.helm.Manifest;
import homelab.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The texts of our files beside k3s's own manifests. */
public final class Manifests {
    public static final String FOLDER = "/var/lib/rancher/k3s/server/manifests/";
    public static final String TRAEFIK = FOLDER + "homelab-traefik.yaml";
    public static final String COREDNS = FOLDER + "homelab-coredns.yaml";

    private Manifests() {}

    /** What Traefik's chart is told: traefik/values.yaml of traefik-helm-chart v34.2.0, which k3s v1.33 brings along. */
    public static Map<String, Object> values(Traefik traefik) {
        List<Derived> derived = new ArrayList<>();
        List<String> ips = traefik.trustedIps().stream().map(String::valueOf).toList();
        if (!ips.isEmpty()) {
            derived.add(Derived.of("ports.web.forwardedHeaders.trustedIPs", ips, "trusted-ips"));
            derived.add(Derived.of("ports.websecure.forwardedHeaders.trustedIPs", ips, "trusted-ips"));
        }
        traefik.externalTrafficPolicy()
                .ifPresent(policy -> derived.add(
                        Derived.of("service.spec.externalTrafficPolicy", policy, "external-traffic-policy")));
        derived.add(Derived.of("ingressRoute.dashboard.enabled", traefik.dashboard(), "dashboard"));
        return Derived.under(derived, traefik.values());
    }

    public static String traefik(Traefik traefik) {
        return filled(TRAEFIK, "values", Manifest.text(values(traefik)));
    }

    /** A zone of its own for each name, since a second "hosts" in the block of the cluster would not be taken. */
    public static String coredns(ClusterNames names) {
        StringBuilder text = new StringBuilder();
        names.forward()
                .forEach((zone, servers) -> text.append(zone + ":53 {\n    errors\n    cache 30\n    forward . "
                        + servers.stream().map(String::valueOf).collect(Collectors.joining(" ")) + "\n}\n"));
        if (!names.hosts().isEmpty()) {
            text.append(
                    names.hosts().keySet().stream().map(name -> name + ":53").collect(Collectors.joining(" ")));
            text.append(" {\n    errors\n    hosts {\n");
            names.hosts().forEach((name, addresses) -> addresses.forEach(ip -> text.append(line(ip, name))));
            text.append("        fallthrough\n    }\n    forward . /etc/resolv.conf\n}\n");
        }
        return filled(COREDNS, "server", text.toString());
    }

    private static String line(Ip ip, String name) {
        return "        " + ip + " " + name + "\n";
    }

    private static String filled(String path, String name, String text) {
        String indented = text.lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
        return Templates.load(path.substring(1)).fill(Map.of(name, indented));
    }
}
