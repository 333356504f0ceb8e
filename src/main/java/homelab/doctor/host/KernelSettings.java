package homelab.doctor.host;

import homelab.doctor.Finding;
import homelab.doctor.HostCheck;
import homelab.doctor.House;
import homelab.facts.Facts;
import homelab.facts.Sections;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** HOST-005: the kernel has the modules and settings that k3s needs, now and after the next start. */
final class KernelSettings implements HostCheck<Sections> {
    private static final List<String> NEEDED = List.of("net.ipv4.ip_forward", "net.bridge.bridge-nf-call-iptables");
    /** Debian's own; runs out at some 30 pods. */
    private static final long FEW_WATCHERS = 128;

    /** With cat, since a shell's read takes byte after byte, and the kernel tells a number only to the first read. */
    private static final Probe<Sections> PROBE = Sections.probe("doctor:kernel-settings", Duration.ofSeconds(10), """
            section set
            for k in net.ipv4.ip_forward net.bridge.bridge-nf-call-iptables fs.inotify.max_user_instances; do
              f=/proc/sys/$(echo "$k" | tr . /)
              [ ! -r "$f" ] || echo "$k $(cat "$f")"
            done
            section kept
            for d in /etc/sysctl.conf /etc/sysctl.d/*.conf /run/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf \\
              /usr/lib/sysctl.d/*.conf /lib/sysctl.d/*.conf; do
              [ ! -r "$d" ] || sed -n 's/^[[:space:]]*-\\{0,1\\}\\(net[./][^=[:space:]]*\\).*/\\1/p' "$d" | tr / .
            done
            section kept-modules
            for d in /etc/modules /etc/modules-load.d/*.conf /run/modules-load.d/*.conf /usr/lib/modules-load.d/*.conf; do
              [ ! -r "$d" ] || sed -n 's/^[[:space:]]*\\([A-Za-z0-9_-]\\{1,\\}\\).*/\\1/p' "$d" | tr - _
            done
            section builtin
            sed -n 's|.*/\\([^/]*\\)\\.ko.*|\\1|p' "/lib/modules/$(uname -r)/modules.builtin" 2>/dev/null |
              tr - _ | grep -xE 'br_netfilter|overlay|vxlan'
            :
            """);

    @Override
    public String id() {
        return "HOST-005";
    }

    @Override
    public Probe<Sections> probe(Node node) {
        return PROBE;
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(PROBE, Contained.PROBE);
    }

    @Override
    public List<String> mendedBy() {
        return List.of(
                "kernel modules",
                "file /etc/modules-load.d/homelab.conf",
                "sysctls",
                "file /etc/sysctl.d/90-homelab.conf");
    }

    @Override
    public Finding judge(House house, Node node, Sections seen) {
        boolean contained = Contained.is(house, node);
        List<String> wrong = new ArrayList<>();
        List<String> passing = new ArrayList<>();
        settings(seen, contained, wrong, passing);
        if (!contained) {
            modules(house, node, seen, wrong, passing);
        }
        String name = node.name().text();
        String fix = "homelab bootstrap --only host --node " + name;
        if (!wrong.isEmpty()) {
            return fail(name, "its kernel lacks what k3s needs").by(wrong).fix(fix);
        }
        return passing.isEmpty()
                ? pass(name, "its kernel is set as k3s needs it, now and at the next start")
                : warn(name, "its kernel is not set for good").by(passing).fix(fix);
    }

    private static void settings(Sections seen, boolean contained, List<String> wrong, List<String> passing) {
        Map<String, String> set = new HashMap<>();
        seen.lines("set").stream()
                .map(line -> line.split(" ", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> set.put(pair[0], pair[1].strip()));
        for (String key : NEEDED) {
            String value = set.getOrDefault(key, "absent");
            if (!value.equals("1") && !(contained && value.equals("absent"))) {
                wrong.add(key + " is " + value + ", and has to be 1");
            } else if (!contained && !seen.lines("kept").contains(key)) {
                passing.add(key + " stands in no file of sysctl.d");
            }
        }
        Words.number(set.getOrDefault("fs.inotify.max_user_instances", "")).ifPresent(value -> {
            if (value <= FEW_WATCHERS) {
                passing.add("fs.inotify.max_user_instances is " + value + ", which some 30 pods use up");
            }
        });
    }

    private static void modules(House house, Node node, Sections seen, List<String> wrong, List<String> passing) {
        Set<String> loaded = house.fact(node, Facts::modules).known().orElse(Set.of());
        List<String> modules = new ArrayList<>(List.of("br_netfilter", "overlay"));
        if (house.cluster().k3s().backend() == Backend.VXLAN) {
            modules.add("vxlan");
        }
        for (String module : modules) {
            boolean builtin = seen.lines("builtin").contains(module);
            if (!loaded.isEmpty() && !loaded.contains(module) && !builtin) {
                wrong.add("the module " + module + " is not loaded");
            } else if (!builtin && !seen.lines("kept-modules").contains(module)) {
                passing.add("the module " + module + " stands in no file of modules-load.d");
            }
        }
    }
}
