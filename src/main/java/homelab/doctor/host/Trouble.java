package homelab.doctor.host;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the kernel writes into its log when something is wrong: by its sources' own words, mainline 5.10 to 6.18. */
enum Trouble {
    RCU_EXPEDITED("INFO: rcu_\\w+ detected expedited stalls? on CPU"),
    RCU_STALL("INFO: rcu_\\w+ (?:self-)?detected stalls? on CPU"),
    RCU_STARVED("\\brcu_\\w+ kthread (?:starved for|timer wakeup didn't happen for) \\d+ jiffies"),
    SOFT_LOCKUP("BUG: soft lockup - CPU#\\d+ stuck for \\d+s"),
    HARD_LOCKUP("(?i)watchdog.*detected hard lockup"),
    OOPS(
            "Unable to handle kernel |Internal error: Oops|Kernel panic - not syncing|BUG: (?:unable to handle|kernel NULL)"),
    NAMESPACE_STUCK("unregister_netdevice: waiting for \\S+ to become free"),
    HUNG_TASK("INFO: task \\S.*:\\d+ blocked for more than \\d+ seconds"),
    OOM_CGROUP("Memory cgroup out of memory: Killed process \\d+ "),
    OOM("Out of memory: Killed process \\d+ "),
    FILE_SYSTEM("EXT4-fs error \\(device |JBD2: .*[Aa]borting|Aborting journal on device |F2FS-fs.*: inconsistent"
            + "|BTRFS (?:error|critical) |XFS .*: (?:Corruption|Metadata I/O Error|Shutting down)"),
    READ_ONLY("Remounting filesystem read-only"),
    IO_ERROR("I/O error,? (?:on )?dev(?:ice)? [a-z]"),
    CARD("\\bmmc\\d+: (?:error -\\d+|Timeout waiting for|cache flush error|Card stuck)"),
    NVME("\\bnvme\\d+: (?:.* )?(?:timeout|controller is down)"),
    USB_RESET(
            "\\busb \\S+: reset \\S+ USB device|uas_eh_(?:abort|device_reset)_handler|xhci_hcd .*(?:HC died|not responding)"),
    ISCSI("connection\\d+:0: (?:ping timeout|detected conn error)|session recovery timed out"),
    NFS("nfs: server \\S+ not responding, (?:still trying|timed out)"),
    POWER("(?i)under-?voltage detected");

    private final Pattern pattern;

    Trouble(String regex) {
        this.pattern = Pattern.compile(regex);
    }

    /** The first that a line of the kernel shows; most lines show none. */
    static Optional<Trouble> in(String line) {
        return Arrays.stream(values())
                .filter(trouble -> trouble.pattern.matcher(line).find())
                .findFirst();
    }
}
