package homelab.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** One thing that makes a node outlive a bad night by itself. Facts and sources: docs/reference/hardening.md. */
public enum HardenItem {
    LEFTOVERS(
            true,
            "at boot, CNI's notes and addresses and sockets of drivers from before it go",
            "no pod network outlives a reboot, yet what a power cut leaves of it takes addresses and bars pods",
            "tmpfiles.d(5), '!'; k3s 5885; cni 1055"),
    CLOCK(
            true,
            "k3s starts when the clock is set, or after two minutes",
            "a Pi without a battery wakes up in the past, and sandboxes with wrong dates bar their own pods",
            "kubernetes 127948; Pi 4 has no clock of its own"),
    REAPER(
            true,
            "two minutes after the node is Ready, what dead pods left is taken away by evidence",
            "what recover-sandboxes does, with nobody there to type it",
            "containerd 9459; the ghosts"),
    BOOTS(
            true,
            "each boot and each orderly shutdown is written down",
            "only so is it certain later whether the power was cut",
            "systemd.service(5), ExecStop"),
    SHUTDOWN(
            true,
            "an orderly shutdown ends workloads first, then Longhorn, then the node's own pods",
            "otherwise Longhorn is killed together with those that write to it",
            "kubelet's shutdownGracePeriodByPodPriority; kubernetes 102818"),
    WATCHDOG(
            true,
            "the hardware resets a machine whose systemd has not moved for 15 s",
            "a Pi that froze comes back without a hand at its plug",
            "systemd-system.conf(5); raspberrypi/linux 7432: no more than 15 s"),
    PANIC(
            true,
            "a processor stuck in the kernel is a panic, and a panic a reboot after ten seconds",
            "a node that hangs half dead is worse than one that comes back",
            "Linux, admin-guide/sysctl/kernel: softlockup_panic"),
    HUNG_TASK(
            false,
            "a task that waits for a disk for four minutes is a panic",
            "a dead disk under etcd is noticed by nobody else; a slow card may trip it",
            "Linux, admin-guide/sysctl/kernel: hung_task_panic"),
    RCU(
            true,
            "an expedited grace period of RCU counts as stalled after 21 s, not 20 ms",
            "kernels built for phones warn dozens of times an hour, and hide the stall that is one",
            "Linux, CONFIG_RCU_EXP_CPU_STALL_TIMEOUT"),
    RCU_NORMAL(
            false,
            "RCU is never expedited",
            "where real stalls freeze a Pi as pods start; each start is slower by some tenths of a second",
            "Linux, rcupdate.rcu_normal"),
    FSCK(
            true,
            "file systems are repaired at boot without asking",
            "a Pi whose check waits for somebody to press y stays dark",
            "systemd-fsck@.service(8), fsck.repair"),
    NOATIME(
            true,
            "reading a file of the root file system writes nothing",
            "each read that writes wears an SD card",
            "mount(8), noatime"),
    NFS(
            false,
            "mounts of NFS in /etc/fstab give up after two minutes, and are made when touched",
            "whatever touches a hard mount of a server that is away hangs for ever: the NFS freeze; a write may fail",
            "nfs(5), soft; systemd.mount(5), x-systemd.automount"),
    LIVENESS(
            true,
            "k3s is restarted when it has answered no request for six minutes",
            "a deadlocked k3s is active for systemd; containers live on while it restarts",
            "k3s 14479");

    private final boolean usual;
    private final String what;
    private final String why;
    private final String source;

    HardenItem(boolean usual, String what, String why, String source) {
        this.usual = usual;
        this.what = what;
        this.why = why;
        this.source = source;
    }

    /** As the inventory and the command line have it: "hung-task". */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is done when the inventory says nothing of it: only what cannot harm. */
    public boolean usual() {
        return usual;
    }

    public String what() {
        return what;
    }

    public String why() {
        return why;
    }

    /** Where it is from: a manual, or a thread of a project by its number. */
    public String source() {
        return source;
    }

    public static Optional<HardenItem> of(String word) {
        return Arrays.stream(values()).filter(item -> item.word().equals(word)).findFirst();
    }
}
