package homelab.phase;

import homelab.inventory.OddText;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Inventories that somebody could write: one to seven nodes, settings of every kind, texts of any kind where they may be. */
final class SomeInventory {
    private static final List<String> BACKENDS = List.of("vxlan", "host-gw", "wireguard-native", "none");
    private static final List<String> NAMES =
            List.of("jarvis", "ultron", "vision", "friday", "hulk", "thor-2", "a", "0pi", "x".repeat(40));

    private final Random random;

    SomeInventory(long seed) {
        this.random = new Random(seed);
    }

    String text() {
        int servers = List.of(1, 1, 1, 3, 5).get(random.nextInt(5));
        int agents = random.nextInt(3);
        StringBuilder text = new StringBuilder("cluster: home\n");
        text.append("network: {lan: 10.0.1.0/24, pods: 10.42.0.0/16, services: 10.43.0.0/16}\n");
        text.append("k3s:\n  version: v1.33.4+k3s1\n");
        maybe(text, "  flannel-backend: " + one(BACKENDS));
        maybe(text, "  secrets-encryption: " + random.nextBoolean());
        maybe(text, "  airgap-images: " + random.nextBoolean());
        maybe(text, "  tls-san: [k3s.home.arpa, 10.0.1.9]");
        maybe(text, "  disable: [traefik, servicelb]");
        maybe(text, "  kubelet-args: [" + argument() + ", max-pods=60]");
        maybe(text, "  apiserver-args: [" + argument() + "]");
        maybe(
                text,
                "  config: {node-external-dns: " + odd() + ", pause-image: " + odd() + ", kube-proxy-arg: [" + odd()
                        + "]}");
        text.append("defaults: {user: pi}\nnodes:\n");
        List<String> names = new ArrayList<>(NAMES);
        for (int i = 0; i < servers + agents; i++) {
            node(text, names.remove(random.nextInt(names.size())), i, i < servers ? "server" : "agent");
        }
        return text.toString();
    }

    private void node(StringBuilder text, String name, int number, String role) {
        text.append("  \"").append(name).append("\": {address: 10.0.1.").append(10 + number);
        text.append(", role: ").append(role);
        maybe(text, ", labels: {site: home, \"topology.kubernetes.io/zone\": \"" + random.nextInt(9) + "\"}", "");
        maybe(text, ", taints: [\"dedicated=cameras:NoSchedule\"]", "");
        maybe(text, ", flannel-iface: eth" + random.nextInt(2), "");
        text.append("}\n");
    }

    private String odd() {
        return quoted(OddText.of(random));
    }

    /** Arguments go over one line each, so they have no control characters. */
    private String argument() {
        return quoted("feature-gates=" + OddText.of(random).replaceAll("\\p{Cntrl}", ""));
    }

    /** As a double-quoted text of YAML, which can hold anything. */
    private static String quoted(String text) {
        return text.codePoints()
                .mapToObj(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\'
                        ? String.valueOf((char) c)
                        : String.format("\\U%08x", c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void maybe(StringBuilder text, String line) {
        maybe(text, line, "\n");
    }

    private void maybe(StringBuilder text, String line, String end) {
        if (random.nextBoolean()) {
            text.append(line).append(end);
        }
    }
}
