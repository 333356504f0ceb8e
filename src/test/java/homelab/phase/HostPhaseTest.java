package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Addons;
import homelab.model.Backend;
import homelab.model.Chart;
import homelab.model.ChartRelease;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Role;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.probe.Probe;
import homelab.resource.BlockInFile;
import homelab.resource.HostsEntries;
import homelab.resource.KernelModules;
import homelab.resource.Packages;
import homelab.resource.Resource;
import homelab.resource.Sysctls;
import homelab.resource.TextFile;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostPhaseTest {
    private static final ChartRelease LONGHORN = new ChartRelease(
            "longhorn",
            new Chart.Repository(URI.create("https://charts.longhorn.io"), "longhorn", "1.11.2"),
            "longhorn-system",
            Map.of(),
            Map.of(),
            List.of());

    private static List<Resource> on(Cluster cluster, String node) {
        return new HostPhase()
                .steps(Clusters.site(cluster)).stream()
                        .filter(step -> step.target().equals(new Target.OnHost(new NodeName(node))))
                        .map(Step::resource)
                        .toList();
    }

    private static <T extends Resource> T only(Class<T> kind, List<Resource> resources) {
        return resources.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void namesTheNodesInAnOrderOfTheirOwn() {
        Node jarvis = Clusters.node("jarvis", Role.SERVER, 10, 22);
        Node edith = Clusters.node("edith", Role.AGENT, 11, 22);
        assertThat(HostsEntries.of(Clusters.of(Backend.VXLAN, List.of(), Addons.NONE, jarvis, edith)))
                .isEqualTo(HostsEntries.of(Clusters.of(Backend.VXLAN, List.of(), Addons.NONE, edith, jarvis)));
    }

    @Test
    void preparesEveryNodeInThisOrder() {
        assertThat(on(Clusters.twoPis(), "ultron"))
                .extracting(Resource::id)
                .containsExactly(
                        "packages",
                        "file /etc/modules-load.d/homelab.conf",
                        "kernel modules",
                        "file /etc/sysctl.d/90-homelab.conf",
                        "sysctls",
                        "host name",
                        "block nodes in /etc/hosts",
                        "block nodes in /etc/cloud/templates/hosts.debian.tmpl",
                        "swap",
                        "file /etc/systemd/journald.conf.d/10-homelab.conf",
                        "time service",
                        "kernel arguments",
                        "reboot");
        assertThat(on(Clusters.twoPis(), "jarvis")).hasSameSizeAs(on(Clusters.twoPis(), "ultron"));
    }

    @Test
    void bringsWhatLonghornNeedsOnlyWithLonghorn() {
        Cluster with = Clusters.of(
                Backend.VXLAN, List.of(), Addons.of(List.of(LONGHORN)), Clusters.node("jarvis", Role.SERVER, 10, 22));
        Cluster off = Clusters.of(Backend.VXLAN, List.of(), Addons.NONE, Clusters.node("jarvis", Role.SERVER, 10, 22));
        assertThat(only(Packages.class, on(with, "jarvis")).names()).contains("open-iscsi", "nfs-common");
        assertThat(only(KernelModules.class, on(with, "jarvis")).names()).contains("iscsi_tcp");
        assertThat(on(with, "jarvis"))
                .extracting(Resource::id)
                .contains("unit iscsid", "file /etc/multipath/conf.d/homelab.conf");
        assertThat(only(Packages.class, on(off, "jarvis")).names())
                .containsExactly("ca-certificates", "iptables", "ufw");
        assertThat(on(off, "jarvis"))
                .extracting(Resource::id)
                .doesNotContain("unit iscsid", "file /etc/multipath/conf.d/homelab.conf");
    }

    @Test
    void loadsTheModuleOfTheBackend() {
        Cluster wireguard =
                Clusters.of(Backend.WIREGUARD, List.of(), Addons.NONE, Clusters.node("jarvis", Role.SERVER, 10, 22));
        assertThat(only(KernelModules.class, on(wireguard, "jarvis")).names())
                .contains("wireguard")
                .doesNotContain("vxlan");
        assertThat(only(TextFile.class, on(Clusters.twoPis(), "jarvis"))
                        .content()
                        .reveal())
                .endsWith("\nbr_netfilter\noverlay\nvxlan\n");
    }

    @Test
    void checksTheVeryValuesThatItWrites() {
        assertThat(only(Sysctls.class, on(Clusters.twoPis(), "jarvis")).wanted())
                .containsEntry("net.ipv4.ip_forward", "1")
                .containsEntry("net.bridge.bridge-nf-call-iptables", "1")
                .hasSize(9);
    }

    @Test
    void everyHostKnowsAllNodesByName() {
        assertThat(only(BlockInFile.class, on(Clusters.twoPis(), "ultron")).lines())
                .containsExactly("10.0.1.10 jarvis", "10.0.1.11 ultron");
    }

    @Test
    void probesOfOneHostWithTheSameIdAreTheSameProbe() {
        Map<String, String> shells = new HashMap<>();
        on(Clusters.twoPis(), "jarvis").forEach(resource -> resource.probes().forEach(probe -> same(shells, probe)));
    }

    private static void same(Map<String, String> shells, Probe<?> probe) {
        assertThat(shells.merge(probe.id(), probe.shell(), (one, other) -> one))
                .as(probe.id())
                .isEqualTo(probe.shell());
    }
}
