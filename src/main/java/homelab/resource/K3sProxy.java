package homelab.resource;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.Proxy;
import homelab.model.Secret;
import homelab.model.SecretSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The environment in which k3s, and by it containerd, finds its proxy, in a file that root alone can read. The unit
 * reads it last, so it wins over what others wrote into its own environment files.
 */
public record K3sProxy(Cluster cluster, Proxy proxy, Function<SecretSource, Secret> reader) {
    public static final String PATH = "/etc/rancher/k3s/proxy.env";

    public TextFile file() {
        return isSecret() ? TextFile.secret(PATH, new Secret(text())) : TextFile.closed(PATH, text());
    }

    /** What makes the unit read it. @param unit "k3s" or "k3s-agent" */
    static TextFile dropIn(String unit) {
        return TextFile.of("/etc/systemd/system/" + unit + ".service.d/" + DROP_IN, """
                # Written by homelab.
                [Service]
                EnvironmentFile=-%s
                """.formatted(PATH));
    }

    static final String DROP_IN = "20-homelab-proxy.conf";

    private boolean isSecret() {
        return Stream.of(proxy.http(), proxy.https())
                .flatMap(Optional::stream)
                .anyMatch(source -> !(source instanceof SecretSource.Said));
    }

    private String text() {
        StringBuilder text = new StringBuilder("# " + K3sOutside.MARK + "\n");
        proxy.http().map(reader).ifPresent(url -> text.append(line("HTTP_PROXY", url.reveal())));
        proxy.https().map(reader).ifPresent(url -> text.append(line("HTTPS_PROXY", url.reveal())));
        return text.append(line("NO_PROXY", String.join(",", direct()))).toString();
    }

    /** In small letters: curl and apt take no others for http. */
    public Map<String, Secret> environment() {
        Map<String, Secret> environment = new TreeMap<>();
        proxy.http().map(reader).ifPresent(url -> environment.put("http_proxy", url));
        proxy.https().map(reader).ifPresent(url -> environment.put("https_proxy", url));
        environment.put("no_proxy", new Secret(String.join(",", direct())));
        return environment;
    }

    /** As systemd reads it (systemd.exec, EnvironmentFile). */
    private static String line(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
    }

    /**
     * Nodes that are in the network of all nodes are not named one by one: with each that joins, k3s would be restarted
     * on all others.
     */
    private Set<String> direct() {
        Set<String> direct = new LinkedHashSet<>(List.of("localhost", "127.0.0.0/8", ".svc", "." + domain()));
        direct.add(cluster.network().pods().toString());
        direct.add(cluster.network().services().toString());
        direct.add(cluster.network().lan().toString());
        cluster.nodes().stream()
                .map(Node::ip)
                .filter(ip -> !cluster.network().lan().contains(ip))
                .forEach(ip -> direct.add(ip.toString()));
        direct.addAll(proxy.direct());
        return direct;
    }

    private String domain() {
        return String.valueOf(cluster.k3s().config().getOrDefault("cluster-domain", "cluster.local"));
    }
}
