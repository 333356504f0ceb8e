package homelab.phase.harden;

import static homelab.phase.harden.Unless.any;
import static homelab.phase.harden.Unless.inCase;

import homelab.model.HardenItem;
import homelab.resource.harden.Measure;
import homelab.resource.harden.Part;

/** Settings of the kernel: what it does when it is stuck, and what it takes for stuck. */
final class Kernel {
    private static final String SYSCTL = "/proc/sys/kernel/";
    private static final String STALL = "/sys/module/rcupdate/parameters/rcu_exp_cpu_stall_timeout";
    private static final String RCU_FILE = "etc/tmpfiles.d/homelab-rcu.conf";

    private Kernel() {}

    static Measure of(HardenItem item) {
        return switch (item) {
            case PANIC ->
                sysctl(item, "softlockup_panic", "echo 0 >" + SYSCTL + "softlockup_panic")
                        .unless(any(Unless.CONTAINER, Unless.VIRTUAL, missing(SYSCTL + "softlockup_panic")));
            case HUNG_TASK ->
                sysctl(
                                item,
                                "hung_task_panic",
                                "echo 0 >" + SYSCTL + "hung_task_panic\necho 120 >" + SYSCTL + "hung_task_timeout_secs")
                        .unless(any(
                                Unless.CONTAINER,
                                missing(SYSCTL + "hung_task_panic"),
                                inCase(
                                        "awk '$3 ~ /^nfs4?$/ { found = 1 } END { exit !found }' /proc/mounts",
                                        "it mounts NFS, and a server of it that is away would be a panic here")));
            case RCU -> rcu(item);
            case RCU_NORMAL ->
                Measure.of(
                                item,
                                Measures.file("etc/tmpfiles.d/homelab-rcu-normal.conf"),
                                live("rcu_normal", "/sys/kernel/rcu_normal", "1"))
                        .unless(any(Unless.CONTAINER, missing("/sys/kernel/rcu_normal")))
                        .effect(
                                "systemd-tmpfiles --create /etc/tmpfiles.d/homelab-rcu-normal.conf",
                                "echo 0 >/sys/kernel/rcu_normal");
            default -> throw new IllegalStateException(item + " is no setting of the kernel");
        };
    }

    private static Measure sysctl(HardenItem item, String key, String undo) {
        String path = "etc/sysctl.d/91-homelab-" + item.word() + ".conf";
        return Measure.of(item, Measures.file(path), live("kernel." + key, SYSCTL + key, "1"))
                .effect("sysctl -q -p /" + path, undo);
    }

    /** Only where the kernel was built with a threshold of its own; what it was comes back at the next boot. */
    private static Measure rcu(HardenItem item) {
        String fine =
                "[ ! -e /" + RCU_FILE + " ] && read -r v <" + STALL + " && { [ \"$v\" = 0 ] || [ \"$v\" -ge 21000 ]; }";
        return Measure.of(item, Measures.file(RCU_FILE), live("rcu_exp_cpu_stall_timeout", STALL, "0"))
                .unless(any(
                        Unless.CONTAINER,
                        missing(STALL),
                        inCase(fine, "this kernel calls nothing a stall before 21 s")))
                .effect("systemd-tmpfiles --create /" + RCU_FILE, "");
    }

    private static Part live(String name, String file, String wanted) {
        return new Part.Live(name, "cat " + file + " 2>/dev/null", wanted);
    }

    private static String missing(String file) {
        return inCase("[ ! -e " + file + " ]", "this kernel has no " + file.substring(file.lastIndexOf('/') + 1));
    }
}
