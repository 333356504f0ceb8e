package homelab.doctor.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as the kernel's sources print them, each to be told for what it is, and everyday lines for nothing. */
class TroubleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RCU_EXPEDITED | rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { P4711 } 21 jiffies s: 1489 root: 0x0/T
            RCU_STALL | rcu: INFO: rcu_preempt self-detected stall on CPU
            RCU_STALL | rcu: INFO: rcu_sched detected stalls on CPUs/tasks:
            RCU_STARVED | rcu: rcu_preempt kthread starved for 5252 jiffies! g1021 f0x0 RCU_GP_WAIT_FQS(5)
            RCU_STARVED | rcu: rcu_preempt kthread timer wakeup didn't happen for 5249 jiffies!
            SOFT_LOCKUP | watchdog: BUG: soft lockup - CPU#2 stuck for 26s! [kworker/2:1:88]
            HARD_LOCKUP | watchdog: Watchdog detected hard LOCKUP on cpu 1
            HARD_LOCKUP | NMI watchdog: Watchdog detected hard LOCKUP on cpu 3
            OOPS | Unable to handle kernel paging request at virtual address ffff800010b3c000
            OOPS | Internal error: Oops: 0000000096000004 [#1] PREEMPT SMP
            OOPS | Kernel panic - not syncing: Fatal exception in interrupt
            OOPS | BUG: kernel NULL pointer dereference, address: 0000000000000010
            NAMESPACE_STUCK | unregister_netdevice: waiting for eth0 to become free. Usage count = 2
            HUNG_TASK | INFO: task jbd2/mmcblk0p2-:113 blocked for more than 120 seconds.
            HUNG_TASK | INFO: task k3s-server:812 blocked for more than 241 seconds.
            OOM_CGROUP | Memory cgroup out of memory: Killed process 9120 (java) total-vm:3020040kB, anon-rss:262000kB
            OOM | Out of memory: Killed process 811 (k3s-server) total-vm:2020040kB, anon-rss:900000kB
            FILE_SYSTEM | EXT4-fs error (device mmcblk0p2): ext4_lookup:1787: inode #1: comm k3s: iget: checksum invalid
            FILE_SYSTEM | Aborting journal on device sda2-8.
            FILE_SYSTEM | JBD2: Detected IO errors while flushing file data on sda2-8, aborting
            FILE_SYSTEM | BTRFS error (device sda1): bdev /dev/sda1 errs: wr 1, rd 0, flush 0, corrupt 0, gen 0
            FILE_SYSTEM | XFS (nvme0n1p1): Corruption of in-memory data detected.  Shutting down filesystem
            READ_ONLY | EXT4-fs (mmcblk0p2): Remounting filesystem read-only
            IO_ERROR | I/O error, dev mmcblk0, sector 1998848 op 0x1:(WRITE) flags 0x800 phys_seg 1 prio class 2
            IO_ERROR | blk_update_request: I/O error, dev sda, sector 12345
            IO_ERROR | Buffer I/O error on dev sda2, logical block 121, lost async page write
            CARD | mmc0: Timeout waiting for hardware interrupt.
            CARD | mmc0: error -110 whilst initialising SD card
            CARD | mmc0: cache flush error -110
            NVME | nvme nvme0: I/O 12 QID 3 timeout, aborting
            NVME | nvme nvme0: controller is down; will reset: CSTS=0xffffffff, PCI_STATUS=0x10
            USB_RESET | usb 2-1: reset SuperSpeed USB device number 2 using xhci_hcd
            USB_RESET | sd 0:0:0:0: [sda] tag#3 uas_eh_abort_handler 0 uas-tag 4 inflight: CMD OUT
            USB_RESET | xhci_hcd 0000:01:00.0: HC died; cleaning up
            ISCSI | connection1:0: detected conn error (1020)
            ISCSI | session1: session recovery timed out after 120 secs
            NFS | nfs: server 10.0.1.20 not responding, still trying
            NFS | nfs: server nas not responding, timed out
            POWER | hwmon hwmon1: Undervoltage detected!
            POWER | Under-voltage detected! (0x00050005)
            """)
    void tellsWhatTheKernelComplainsOf(Trouble trouble, String line) {
        assertThat(Trouble.in(line)).contains(trouble);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rcu: Preemptible hierarchical RCU implementation.",
                "rcu: \tRCU restricting CPUs from NR_CPUS=256 to nr_cpu_ids=4.",
                "rcu: RCU calculated value of scheduler-enlistment delay is 25 jiffies.",
                "NMI watchdog: Enabled. Permanently consumes one hw-PMU counter.",
                "bcm2835-wdt bcm2835-wdt: Broadcom BCM2835 watchdog timer",
                "watchdog: bcm2835-wdt: Watchdog did not stop!",
                "EXT4-fs (mmcblk0p2): mounted filesystem 3b614a3f-4a65 ro with ordered data mode. Quota mode: none.",
                "EXT4-fs (mmcblk0p2): re-mounted 3b614a3f-4a65 r/w. Quota mode: none.",
                "VFS: Mounted root (ext4 filesystem) readonly on device 179:2.",
                "mmc0: new ultra high speed DDR50 SDHC card at address aaaa",
                "mmcblk0: mmc0:aaaa SC32G 29.7 GiB",
                "mmc1: new high speed SDIO card at address 0001",
                "usb 1-1: new high-speed USB device number 2 using xhci_hcd",
                "usb 1-1.3: USB disconnect, device number 4",
                "usbcore: registered new interface driver uas",
                "xhci_hcd 0000:01:00.0: xHCI Host Controller",
                "nvme nvme0: pci function 0000:01:00.0",
                "nvme nvme0: 4/0/0 default/read/poll queues",
                "nfs: server 10.0.1.20 OK",
                "hwmon hwmon1: Voltage normalised",
                "Voltage normalised (0x00000000)",
                "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=cri,task=java,pid=9120,uid=0",
                "java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=979",
                "cni0: port 1(vethffe94e07) entered disabled state",
                "systemd-journald[58]: Received SIGTERM from PID 1 (systemd).",
                "random: crng init done"
            })
    void leavesEverydayLinesAlone(String line) {
        assertThat(Trouble.in(line)).isEqualTo(Optional.empty());
    }
}
