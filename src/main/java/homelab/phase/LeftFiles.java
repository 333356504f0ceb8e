package homelab.phase;

import homelab.resource.Resource;
import homelab.resource.reset.Paths;
import java.util.List;

/** The files that k3s, the kubelet, CNI and homelab leave, in the order in which they go; docs/reference/files.md lists ours. */
final class LeftFiles {
    private static final String UNITS = "/etc/systemd/system/";

    /** Where Longhorn keeps replicas by default: its own data, which outlives the cluster on purpose; so do copies. */
    private static final String STAYS = """
            if [ -d /var/lib/longhorn ]; then echo '/var/lib/longhorn, the data of volumes: sudo rm -rf it when nobody wants it'; fi
            if [ -d /srv/homelab-snapshots ]; then echo '/srv/homelab-snapshots, sealed copies of snapshots: sudo rm -rf it when nobody wants them'; fi
            """;

    private LeftFiles() {}

    static Resource data() {
        return Paths.data(
                        List.of(
                                "/var/lib/rancher/k3s",
                                "/etc/rancher/k3s",
                                "/etc/rancher/node",
                                "/var/lib/kubelet",
                                "/var/lib/cni",
                                "/run/k3s",
                                "/run/flannel",
                                "/var/log/pods",
                                "/var/log/containers",
                                "/root/.kube/cache"),
                        List.of("/var/lib/rancher", "/etc/rancher", "/root/.kube", "/run/netns"))
                .keeping(STAYS);
    }

    static Resource links() {
        return Paths.links("/usr/local/bin", List.of("kubectl", "crictl", "ctr"), "k3s");
    }

    static Resource programs() {
        return Paths.gone(
                "programs of k3s",
                List.of(
                        "/usr/local/bin/k3s",
                        "/usr/local/bin/k3s-killall.sh",
                        "/usr/local/bin/k3s-uninstall.sh",
                        "/usr/local/bin/k3s-agent-uninstall.sh",
                        UNITS + "k3s.service",
                        UNITS + "k3s.service.env",
                        UNITS + "k3s.service.d/10-homelab.conf",
                        UNITS + "k3s.service.d/20-homelab-proxy.conf",
                        UNITS + "k3s.service.d/30-homelab-to-etcd.conf",
                        UNITS + "k3s-agent.service",
                        UNITS + "k3s-agent.service.env",
                        UNITS + "k3s-agent.service.d/10-homelab.conf",
                        UNITS + "k3s-agent.service.d/20-homelab-proxy.conf"),
                List.of(UNITS + "k3s.service.d", UNITS + "k3s-agent.service.d"),
                "systemctl daemon-reload");
    }

    static Resource ofContainerd() {
        return Paths.unowned(
                List.of("/opt/containerd", "/usr/libexec/kubernetes"),
                List.of("/run/containerd", "/run/nri"),
                "containerd");
    }

    static Resource preparation() {
        return Paths.gone(
                "files of homelab",
                List.of(
                        "/etc/modules-load.d/homelab.conf",
                        "/etc/sysctl.d/90-homelab.conf",
                        "/etc/multipath/conf.d/homelab.conf",
                        "/etc/systemd/journald.conf.d/10-homelab.conf",
                        UNITS + "homelab-firewall.service",
                        UNITS + "homelab-firewall-back.service",
                        UNITS + "homelab-firewall-back.timer",
                        UNITS + "multi-user.target.wants/homelab-firewall.service",
                        UNITS + "homelab-drill.service",
                        UNITS + "homelab-drill.timer",
                        UNITS + "timers.target.wants/homelab-drill.timer",
                        UNITS + "homelab-backup.service",
                        UNITS + "homelab-backup.timer",
                        UNITS + "timers.target.wants/homelab-backup.timer",
                        "/var/lib/homelab-backup",
                        "/usr/local/lib/homelab",
                        "/var/lib/homelab",
                        "/run/homelab",
                        "/run/homelab-removed"),
                List.of(
                        "/etc/multipath/conf.d",
                        "/etc/systemd/journald.conf.d",
                        "/etc/systemd/logind.conf.d",
                        "/etc/systemd/system.conf.d"),
                """
                systemctl stop homelab-drill.timer 2>/dev/null
                systemctl stop homelab-backup.timer 2>/dev/null || :
                systemctl daemon-reload
                systemctl restart systemd-journald
                if systemctl -q is-active multipathd; then multipathd reconfigure >/dev/null; fi
                :""");
    }
}
