package homelab.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Bundled;
import homelab.model.Cluster;
import homelab.model.Ip;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BundledSectionTest {
    private static final String TEXT = Written.HEAD + Written.NODES;

    @Test
    void leavesToK3sWhatIsNotSaid() {
        assertThat(Written.read(TEXT).addons().bundled()).isEqualTo(Bundled.NONE);
    }

    @Test
    void readsNamesWithOneAddressOrSeveral() {
        var names = Written.read(TEXT + """
                addons:
                  coredns:
                    forward: {corp.example: 192.0.2.53}
                    hosts: {nas.home.arpa: [192.0.2.5, "2001:db8::5"]}
                """).addons().bundled().names().orElseThrow();
        assertThat(names.forward()).isEqualTo(Map.of("corp.example", List.of(Ip.parse("192.0.2.53"))));
        assertThat(names.hosts())
                .isEqualTo(Map.of("nas.home.arpa", List.of(Ip.parse("192.0.2.5"), Ip.parse("2001:db8::5"))));
    }

    @Test
    void disablesWhatIsNotEnabled() {
        Cluster cluster = Written.read(TEXT + """
                addons:
                  metrics-server: {enabled: false}
                  local-path: {enabled: false}
                  traefik: {}
                """);
        assertThat(cluster.k3s().disable()).containsExactlyInAnyOrder("metrics-server", "local-storage");
        assertThat(cluster.addons().bundled().wanted()).containsExactly("traefik");
    }

    @Test
    void refusesANameThatWouldKeepCoreDnsFromStartingOrServicesFromBeingFound() {
        assertThat(mistakes(TEXT + """
                addons:
                  coredns:
                    forward: {corp.example: 192.0.2.53, svc.cluster.local: 192.0.2.53}
                    hosts: {corp.example: 192.0.2.5, "*.bad": 192.0.2.5}
                """))
                .anyMatch(line -> line.contains("addons.coredns.hosts.corp.example is forwarded too"))
                .anyMatch(line -> line.contains("addons.coredns.forward.svc.cluster.local is the cluster's own domain"))
                .anyMatch(line -> line.contains("addons.coredns.hosts.*.bad is not a host name"));
    }

    @Test
    void refusesToConfigureWhatIsDisabled() {
        String head = Written.HEAD.replace("k3s:\n", "k3s:\n  disable: [traefik]\n");
        assertThat(mistakes(head + Written.NODES + "addons: {traefik: {dashboard: true}}\n"))
                .anyMatch(line -> line.contains("addons.traefik is disabled"));
    }

    private static List<String> mistakes(String text) {
        return Written.problems(text).stream().map(problem -> problem.what()).toList();
    }
}
