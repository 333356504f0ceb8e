package homelab.phase.harden;

import static homelab.phase.harden.Unless.any;
import static homelab.phase.harden.Unless.inCase;

import homelab.model.Cluster;
import homelab.model.HardenItem;
import homelab.model.K3sVersion;
import homelab.model.Node;
import homelab.resource.harden.Measure;
import homelab.resource.harden.Part;
import homelab.template.Templates;
import java.util.List;

/** How each item is done on a node. */
final class Measures {
    private static final String UNITS = "etc/systemd/system/";
    private static final String SCRIPTS = "usr/local/lib/homelab/";
    private static final K3sVersion FOLDER_SINCE = K3sVersion.parse("v1.32.0+k3s1");
    private static final String STATE = "/var/lib/homelab/";

    private final Cluster cluster;
    private final Node node;

    private Measures(Cluster cluster, Node node) {
        this.cluster = cluster;
        this.node = node;
    }

    static List<Measure> of(Cluster cluster, Node node, List<HardenItem> items) {
        Measures measures = new Measures(cluster, node);
        return items.stream().map(measures::of).toList();
    }

    private Measure of(HardenItem item) {
        return switch (item) {
            case LEFTOVERS -> Measure.of(item, file("etc/tmpfiles.d/homelab-leftovers.conf"));
            case CLOCK ->
                Measure.of(
                                item,
                                script("clock-gate"),
                                file(UNITS + node.role().unit() + ".service.d/20-homelab-clock.conf"))
                        .unless(Unless.CONTAINER);
            case REAPER ->
                Measure.of(
                                item,
                                script("evidence"),
                                script("decide"),
                                script("act"),
                                script("reap"),
                                file(UNITS + "homelab-reap.service"),
                                new Part.Unit("homelab-reap.service", false))
                        .keeping(STATE + "boots-not-ready");
            case BOOTS ->
                Measure.of(
                                item,
                                script("boots"),
                                file(UNITS + "homelab-boots.service"),
                                new Part.Unit("homelab-boots.service", true))
                        .keeping(STATE + "boots");
            case SHUTDOWN -> shutdown(item);
            case WATCHDOG -> watchdog(item);
            case PANIC, HUNG_TASK, RCU, RCU_NORMAL -> Kernel.of(item);
            case FSCK -> Disks.fsck(item);
            case NOATIME -> Disks.noatime(item);
            case NFS -> Nfs.of(item);
            case LIVENESS ->
                Measure.of(
                        item,
                        script("live"),
                        file(UNITS + "homelab-live.service"),
                        file(UNITS + "homelab-live.timer"),
                        new Part.Unit("homelab-live.timer", true));
        };
    }

    /** The drop-in folder is k3s's own from v1.32 on (k3s, docs: cli/agent, kubelet configuration). */
    private Measure shutdown(HardenItem item) {
        boolean reads = cluster.k3s().version().compareTo(FOLDER_SINCE) >= 0;
        return Measure.of(
                        item,
                        file("etc/systemd/logind.conf.d/zz-homelab.conf"),
                        new Part.Text(
                                "/var/lib/rancher/k3s/agent/etc/kubelet.conf.d/50-homelab-shutdown.conf",
                                text("var/lib/rancher/k3s/agent/etc/kubelet.conf.d/50-homelab-shutdown.conf"),
                                "0600"))
                .unless(any(
                        inCase(reads ? "false" : "true", "k3s before v1.32 has no folder for the kubelet's settings"),
                        inCase(
                                "! systemctl -q is-active systemd-logind && ! systemctl -q is-enabled systemd-logind 2>/dev/null",
                                "there is no systemd-logind that would hold a shutdown up")))
                .effect("systemctl restart systemd-logind", "systemctl restart systemd-logind");
    }

    private static Measure watchdog(HardenItem item) {
        return Measure.of(
                        item,
                        file("etc/systemd/system.conf.d/10-homelab-watchdog.conf"),
                        new Part.Live("RuntimeWatchdogUSec", "systemctl show -p RuntimeWatchdogUSec --value", "15s"))
                .unless(any(
                        Unless.CONTAINER,
                        Unless.VIRTUAL,
                        inCase("[ ! -e /dev/watchdog0 ]", "there is no /dev/watchdog0")))
                .effect("systemctl daemon-reexec", "systemctl daemon-reexec");
    }

    private static Part script(String name) {
        return new Part.Text("/" + SCRIPTS + name, text(SCRIPTS + name), "0755");
    }

    static Part file(String path) {
        return new Part.Text("/" + path, text(path), "0644");
    }

    private static String text(String path) {
        return Templates.load(path).text();
    }
}
