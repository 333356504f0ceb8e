package homelab.phase;

import static homelab.plan.Finding.note;
import static homelab.plan.Finding.refuse;
import static homelab.plan.Finding.warn;

import homelab.facts.Facts;
import homelab.model.Node;
import homelab.plan.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Rules about one host's system: can k3s run here, and is the host free for it? */
final class PreflightSystem {
    static final String MEMORY_ON = "cgroup_enable=memory";
    private static final Set<String> SYSTEMS = Set.of("debian", "ubuntu", "raspbian");
    private static final Set<String> ARCHITECTURES = Set.of("x86_64", "aarch64", "armv7l", "armv8l");
    private static final Set<String> USER_LANDS = Set.of("amd64", "arm64", "armhf");
    private static final Set<String> OTHER_KUBERNETES = Set.of("kubeadm", "microk8s", "k0s", "rke2", "minikube");

    private PreflightSystem() {}

    static List<Finding> judge(Node node, Facts facts) {
        List<Finding> findings = new ArrayList<>();
        system(node, facts, findings);
        architecture(node, facts, findings);
        cgroups(node, facts, findings);
        neighbours(node, facts, findings);
        packages(node, facts, findings);
        model(node, facts, findings);
        return findings;
    }

    private static void system(Node node, Facts facts, List<Finding> findings) {
        facts.os()
                .known()
                .filter(os -> !SYSTEMS.contains(os.id()))
                .ifPresent(os -> findings.add(refuse(
                        node.name() + ": the operating system is not supported",
                        "it is " + os.pretty() + " (ID=" + os.id() + ")",
                        "install Debian, Ubuntu or Raspberry Pi OS on it")));
        facts.init()
                .known()
                .filter(init -> !init.equals("systemd"))
                .ifPresent(init -> findings.add(refuse(
                        node.name() + ": systemd does not run",
                        "process 1 is " + init,
                        "boot the host with systemd; k3s is run as one of its units")));
    }

    /** By kernel and user land both: a 64-bit kernel may carry 32-bit programs, and armhf also means ARMv6. */
    private static void architecture(Node node, Facts facts, List<Finding> findings) {
        facts.arch()
                .known()
                .filter(arch -> !ARCHITECTURES.contains(arch))
                .ifPresent(arch -> findings.add(refuse(
                        node.name() + ": there is no k3s for its processor",
                        "the kernel says " + arch,
                        "k3s is made for x86_64, aarch64 and armv7l; use another machine")));
        facts.userland()
                .known()
                .filter(land -> !USER_LANDS.contains(land))
                .ifPresent(land -> findings.add(refuse(
                        node.name() + ": there is no k3s for its user land",
                        "dpkg says " + land,
                        "install a system for amd64, arm64 or armhf")));
    }

    private static void cgroups(Node node, Facts facts, List<Finding> findings) {
        if (facts.cgroupControllers().known().isEmpty()) {
            return;
        }
        Set<String> missing = new TreeSet<>(Set.of("cpu", "cpuset", "memory", "pids"));
        missing.removeAll(facts.cgroupControllers().known().get());
        if (missing.remove("memory")) {
            findings.add(memory(node, facts));
        }
        if (!missing.isEmpty()) {
            findings.add(refuse(
                    node.name() + ": the kernel lacks what containers need",
                    "cgroup controllers missing: " + String.join(", ", missing),
                    "boot the distribution's own kernel"));
        }
    }

    private static Finding memory(Node node, Facts facts) {
        String file = facts.cmdlineFile().known().orElse("");
        String what = node.name() + ": the memory cgroup is off";
        if (Preflight.mendable(facts)) {
            String why = MEMORY_ON + " is not among the running kernel's arguments";
            return note(what, why, "homelab adds it to " + file + " and reboots the host when you agree");
        }
        if (facts.cmdline().known().orElse("").contains(MEMORY_ON)) {
            String fix = "boot the distribution's own kernel, and take cgroup_disable=memory out of its arguments";
            return refuse(what, "the kernel was given " + MEMORY_ON + " and has no memory cgroup all the same", fix);
        }
        return refuse(
                what,
                "k3s cannot limit a pod's memory without it, and no cmdline.txt was found to switch it on in",
                "add " + MEMORY_ON + " to the kernel's arguments (on a Pi: the one line of"
                        + " /boot/firmware/cmdline.txt) and reboot");
    }

    private static void neighbours(Node node, Facts facts, List<Finding> findings) {
        for (String other : facts.otherRuntimes().known().orElse(List.of())) {
            if (OTHER_KUBERNETES.contains(other)) {
                findings.add(refuse(
                        node.name() + ": another Kubernetes is there",
                        other + " was found; two of them fight over ports, iptables and cgroups",
                        "remove " + other + " from the host, or the host from the inventory"));
            }
        }
    }

    private static void packages(Node node, Facts facts, List<Finding> findings) {
        if (facts.packagesLocked().known().orElse(false)) {
            findings.add(warn(
                    node.name() + ": the package manager is at work",
                    "somebody holds a lock of apt or dpkg, perhaps unattended-upgrades",
                    "nothing; homelab waits for it"));
        }
        if (facts.packagesInterrupted().known().orElse(false)) {
            findings.add(warn(
                    node.name() + ": dpkg was interrupted",
                    "there are unfinished updates in /var/lib/dpkg/updates",
                    "on " + node.name() + ": sudo dpkg --configure -a"));
        }
    }

    private static void model(Node node, Facts facts, List<Finding> findings) {
        node.model()
                .ifPresent(hint -> facts.model()
                        .known()
                        .filter(found -> !same(hint, found))
                        .ifPresent(found -> findings.add(warn(
                                node.name() + ": is not the machine that the inventory describes",
                                "the inventory says " + hint + " and the board says "
                                        + (found.isEmpty() ? "nothing" : found),
                                "check the node's address, or mend its model in the inventory"))));
    }

    private static boolean same(String hint, String found) {
        return found.toLowerCase(Locale.ROOT).contains(hint.toLowerCase(Locale.ROOT));
    }
}
