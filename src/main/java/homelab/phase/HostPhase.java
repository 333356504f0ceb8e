package homelab.phase;

import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Hostname;
import homelab.resource.HostsEntries;
import homelab.resource.KernelArgs;
import homelab.resource.KernelModules;
import homelab.resource.Packages;
import homelab.resource.RebootPending;
import homelab.resource.Resource;
import homelab.resource.ServiceConfig;
import homelab.resource.SwapOffCard;
import homelab.resource.Sysctls;
import homelab.resource.SystemdUnit;
import homelab.resource.TextFile;
import homelab.resource.TimeSync;
import homelab.resource.WhereThere;
import homelab.resource.Worst;
import homelab.template.Template;
import homelab.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an operating system needs before k3s: packages, modules, kernel settings, names, swap, journal, clock, cgroups. */
public final class HostPhase implements Phase {
    private static final String MODULES = "etc/modules-load.d/homelab.conf";
    private static final String SYSCTLS = "etc/sysctl.d/90-homelab.conf";
    private static final String MULTIPATH = "etc/multipath/conf.d/homelab.conf";
    private static final String JOURNAL = "etc/systemd/journald.conf.d/10-homelab.conf";

    @Override
    public String name() {
        return "host";
    }

    @Override
    public List<Step> steps(Site site) {
        return site.cluster().nodes().stream()
                .flatMap(node -> resources(site, node).stream().map(resource -> step(node, resource)))
                .toList();
    }

    private Step step(Node node, Resource resource) {
        return new Step(name(), new Target.OnHost(node.name()), resource);
    }

    private static List<Resource> resources(Site site, Node node) {
        Cluster cluster = site.cluster();
        List<String> modules = modules(cluster);
        String sysctls = template(SYSCTLS).fill(Map.of());
        KernelArgs args = KernelArgs.ofPi();
        List<Resource> all = new ArrayList<>();
        all.add(new Packages(packages(cluster), site.outward().environment()));
        all.add(TextFile.of("/" + MODULES, template(MODULES).fill(Map.of("modules", String.join("\n", modules)))));
        all.add(new KernelModules(modules));
        all.add(TextFile.of("/" + SYSCTLS, sysctls));
        all.add(Sysctls.in(sysctls));
        if (longhorn(cluster)) {
            all.add(SystemdUnit.running("iscsid"));
            all.add(multipath());
        }
        all.add(new Hostname(node.name()));
        all.addAll(HostsEntries.of(cluster));
        all.add(new SwapOffCard());
        all.add(journal());
        all.add(new TimeSync());
        all.add(args);
        all.add(new RebootPending(args));
        return all;
    }

    private static List<String> packages(Cluster cluster) {
        List<String> packages = new ArrayList<>(List.of("ca-certificates", "iptables", "ufw"));
        if (longhorn(cluster)) {
            packages.addAll(List.of("nfs-common", "open-iscsi"));
        }
        return packages;
    }

    private static List<String> modules(Cluster cluster) {
        List<String> modules = new ArrayList<>(List.of("br_netfilter", "overlay"));
        if (cluster.k3s().backend() == Backend.VXLAN) {
            modules.add("vxlan");
        }
        if (cluster.k3s().backend() == Backend.WIREGUARD) {
            modules.add("wireguard");
        }
        if (longhorn(cluster)) {
            modules.add("iscsi_tcp");
        }
        return modules;
    }

    /** Longhorn's volumes reach a node by iSCSI, and its shared ones by NFS. */
    private static boolean longhorn(Cluster cluster) {
        return cluster.addons().longhorn();
    }

    /** Ubuntu brings multipathd along, which takes Longhorn's volumes for paths of its own (longhorn/longhorn 1210). */
    private static Resource multipath() {
        TextFile file = TextFile.of("/" + MULTIPATH, template(MULTIPATH).fill(Map.of()));
        return new WhereThere(
                "/usr/sbin/multipathd",
                new ServiceConfig(
                        file, "multipathd", "if systemctl -q is-active multipathd; then multipathd reconfigure; fi"));
    }

    private static Resource journal() {
        TextFile dropIn =
                TextFile.of("/" + JOURNAL, template(JOURNAL).fill(Map.of())).withWorst(Worst.RESTART);
        return new ServiceConfig(dropIn, "systemd-journald", "systemctl restart systemd-journald\njournalctl --flush");
    }

    private static Template template(String path) {
        return Templates.load(path);
    }
}
