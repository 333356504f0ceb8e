package homelab.facts;

import homelab.facts.Facts.Os;
import homelab.probe.Probe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the kernel and the files of the operating system say: nothing that could hang, so it is one probe. */
final class SystemProbe {
    private SystemProbe() {}

    static final Probe<Sections> PROBE = Sections.probe("facts:system", FactProbes.LIMIT, """
            k=/proc/sys/kernel
            read -r name <$k/hostname; read -r release <$k/osrelease
            read -r arch <$k/arch || arch=$(uname -m)
            section uname; echo "$name $release $arch"
            section machine-id; first /etc/machine-id
            section boot-id; first /proc/sys/kernel/random/boot_id
            section os; file /etc/os-release
            section init
            if [ -d /run/systemd/system ]; then echo systemd; else first /proc/1/comm; fi
            section userland; dpkg --print-architecture 2>/dev/null
            section model
            if [ -r /proc/device-tree/model ]; then tr -d '\\000' </proc/device-tree/model; echo
            else first /sys/class/dmi/id/product_name; fi
            section cpus; first /sys/devices/system/cpu/online
            section memory; first /proc/meminfo
            section cgroups
            if [ -r /sys/fs/cgroup/cgroup.controllers ]; then first /sys/fs/cgroup/cgroup.controllers
            else file /proc/cgroups; fi
            section cmdline; first /proc/cmdline
            section cmdline-file
            for f in /boot/firmware/current/cmdline.txt /boot/firmware/cmdline.txt /boot/cmdline.txt; do
              if [ -f "$f" ]; then echo "$f"; break; fi
            done
            section modules; (cd /sys/module 2>/dev/null && printf '%s\\n' *)
            section builtin; f=/lib/modules/$release/modules.builtin; [ ! -r "$f" ] || cat "$f"
            section drivers
            if [ -d "/lib/modules/$release" ]; then
              echo there
              for m in br_netfilter overlay vxlan wireguard iscsi_tcp; do
                [ -d "/sys/module/$m" ] || modprobe -n -q "$m" 2>/dev/null || echo "$m"
              done
            else echo gone; fi
            section iptables; iptables --version 2>/dev/null
            section newest; stat -c %Y /var/lib/dpkg/status /var/lib/systemd/timesync/clock /etc/fake-hwclock.data 2>/dev/null
            section container
            if [ -e /.dockerenv ] || [ -e /run/.containerenv ] || [ -e /run/systemd/container ]; then echo yes; else echo no; fi
            section swap; file /proc/swaps
            section dns; file /etc/resolv.conf
            section dns-upstream; file /run/systemd/resolve/resolv.conf
            section ufw
            if [ -x /usr/sbin/ufw ]; then echo installed; file /etc/ufw/ufw.conf; fi
            section runtimes
            found() { n=$1; shift; for f; do if [ -e "$f" ]; then echo "$n"; break; fi; done; }
            found docker /usr/bin/dockerd /usr/sbin/dockerd /snap/docker
            found containerd /usr/bin/containerd
            found kubeadm /etc/kubernetes/kubelet.conf /etc/kubernetes/admin.conf
            found microk8s /var/snap/microk8s /snap/microk8s
            found k0s /etc/k0s /var/lib/k0s /usr/local/bin/k0s
            found rke2 /var/lib/rancher/rke2 /usr/local/bin/rke2 /opt/rke2
            found minikube /var/lib/minikube
            section mounts
            grep -E '^[0-9]+ [0-9]+ [0-9:]+ [^ ]+ / | - nfs4? ' /proc/self/mountinfo 2>/dev/null
            section initiator; file /etc/iscsi/initiatorname.iscsi
            section locks
            read -r line </proc/locks && stat -c 'lock %d %i' /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock \\
              /var/cache/apt/archives/lock 2>/dev/null
            file /proc/locks
            section updates
            for f in /var/lib/dpkg/updates/[0-9]*; do if [ -e "$f" ]; then echo "$f"; fi; done
            :
            """);

    static String hostname(Sections said) {
        return uname(said)[0];
    }

    static String kernel(Sections said) {
        return uname(said)[1];
    }

    static String arch(Sections said) {
        return uname(said)[2];
    }

    private static String[] uname(Sections said) {
        String[] words = said.text("uname").split(" ");
        if (words.length != 3) {
            throw new IllegalStateException("uname wrote '" + said.text("uname") + "'");
        }
        return words;
    }

    /** @throws IllegalStateException when the host has none */
    static String needed(Sections said, String name) {
        String text = said.text(name);
        if (text.isEmpty()) {
            throw new IllegalStateException("the host has no " + name);
        }
        return text;
    }

    static Os os(Sections said) {
        Map<String, String> keys = new HashMap<>();
        for (String line : said.lines("os")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                keys.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
            }
        }
        // os-release(5): a missing ID means "linux"
        String id = keys.getOrDefault("ID", "linux");
        return new Os(id, keys.getOrDefault("VERSION_ID", ""), keys.getOrDefault("PRETTY_NAME", id));
    }

    private static String unquoted(String value) {
        boolean quoted =
                value.length() > 1 && "\"'".indexOf(value.charAt(0)) >= 0 && value.endsWith(value.substring(0, 1));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** The kernel lists processors as "0-3" or "0,2-3". */
    static int cpus(Sections said) {
        int count = 0;
        for (String range : needed(said, "cpus").split(",")) {
            String[] ends = range.split("-");
            count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
        }
        return count;
    }

    static long memoryBytes(Sections said) {
        String[] words = needed(said, "memory").split("\\s+");
        return Long.parseLong(words[1]) * 1024;
    }

    /** Either cgroup v2's one line of names, or v1's table with a column "enabled". */
    static Set<String> cgroupControllers(Sections said) {
        List<String> lines = needed(said, "cgroups").lines().toList();
        if (lines.size() == 1) {
            return Set.of(lines.get(0).split(" "));
        }
        return lines.stream()
                .filter(line -> line.matches("\\w+\\s+\\d+\\s+\\d+\\s+1"))
                .map(line -> line.split("\\s")[0])
                .collect(Collectors.toSet());
    }
}
