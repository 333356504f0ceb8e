package homelab.doctor.host;

import static homelab.doctor.host.HostHouses.NOW;
import static homelab.doctor.host.HostHouses.sections;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.Houses;
import homelab.doctor.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** HOST-008 to HOST-010: each judges the one reading of the kernel's log. */
class KernelLogChecksTest {
    private static final String FINE = "hz 250\nlines now 900\n";
    private static final String ROOT = "1 0 179:2 / / rw,noatime shared:1 - ext4 /dev/mmcblk0p2 rw";
    private static final String DF =
            "Filesystem Type 1024-blocks Used Available Capacity Mounted on\n" + "/dev/mmcblk0p2 ext4 100 50 50 50% /";

    static List<Check> checks() {
        return List.of(new Stalls(), new Starved(), new DiskFaults());
    }

    @ParameterizedTest
    @MethodSource("checks")
    void aQuietKernelIsWell(Check check) {
        assertThat(of(check, FINE).verdict()).isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void aLogThatWasNotReadIsUnknown(Check check) {
        HostHouses house = house("").isMachine().blind(KernelLog.PROBE);
        assertThat(house.judge(check).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void aContainerIsNotJudgedByItsMachinesLog(Check check) {
        String bad = FINE
                + seen(3, 3, "I/O error, dev mmcblk0, sector 1")
                + seen(3, 3, "watchdog: BUG: soft lockup - CPU#2 stuck for 26s! [k3s:88]")
                + seen(3, 3, "Out of memory: Killed process 811 (k3s-server) total-vm:2020040kB");

        assertThat(house(bad).isContainer().judge(check).verdict()).isIn(Verdict.NOT_APPLICABLE, Verdict.PASS);
        assertThat(of(check, bad).verdict()).isEqualTo(Verdict.FAIL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | 1 | rcu: INFO: rcu_preempt self-detected stall on CPU | FAIL
            2 | 0 | rcu: INFO: rcu_preempt self-detected stall on CPU | WARN
            3 | 0 | rcu: INFO: rcu_preempt self-detected stall on CPU | FAIL
            40 | 40 | INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { P1 } 21 jiffies s: 1 | WARN
            1 | 1 | INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { P1 } 249 jiffies s: 1 | WARN
            1 | 1 | INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { P1 } 250 jiffies s: 1 | FAIL
            1 | 1 | unregister_netdevice: waiting for eth0 to become free. Usage count = 2 | FAIL
            9 | 9 | I/O error, dev mmcblk0, sector 1 | PASS
            """)
    void stallsAreJudgedByLengthNumberAndAge(long count, long recent, String line, Verdict verdict) {
        assertThat(of(new Stalls(), FINE + seen(count, recent, line)).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | Out of memory: Killed process 811 (java) total-vm:1kB | FAIL
            0 | Out of memory: Killed process 811 (java) total-vm:1kB | WARN
            1 | Memory cgroup out of memory: Killed process 811 (java) total-vm:1kB | WARN
            1 | INFO: task k3s-server:812 blocked for more than 120 seconds. | FAIL
            1 | INFO: task rsync:812 blocked for more than 120 seconds. | WARN
            0 | INFO: task k3s-server:812 blocked for more than 120 seconds. | WARN
            1 | nfs: server nas not responding, still trying | WARN
            1 | rcu: INFO: rcu_preempt self-detected stall on CPU | PASS
            """)
    void whatWasKilledOrHungIsJudgedByWhoItWas(long recent, String line, Verdict verdict) {
        assertThat(of(new Starved(), FINE + seen(1, recent, line)).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | 1 | I/O error, dev mmcblk0, sector 1 op 0x1 | FAIL
            1 | 1 | EXT4-fs error (device mmcblk0p2): ext4_lookup:1787: inode #1 | FAIL
            1 | 0 | EXT4-fs error (device mmcblk0p2): ext4_lookup:1787: inode #1 | WARN
            1 | 1 | I/O error, dev sda, sector 1 op 0x1 | WARN
            1 | 1 | mmc0: Timeout waiting for hardware interrupt. | WARN
            2 | 2 | usb 1-1: reset high-speed USB device number 2 using xhci_hcd | PASS
            3 | 3 | usb 1-1: reset high-speed USB device number 2 using xhci_hcd | WARN
            """)
    void errorsOfDisksAreJudgedByWhoseTheyAre(long count, long recent, String line, Verdict verdict) {
        assertThat(of(new DiskFaults(), FINE + seen(count, recent, line)).verdict())
                .isEqualTo(verdict);
    }

    @Test
    void aFileSystemThatCannotBeWrittenIsAFaultInAContainerToo() {
        String mounts = ROOT + "\n2 1 8:1 / /var/lib/rancher ro,relatime - ext4 /dev/sda1 rw";

        Finding finding =
                house(FINE).says(MountTable.PROBE, mounts).isContainer().judge(new DiskFaults());

        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.evidence()).containsExactly("/dev/sda1 on /var/lib/rancher type ext4 (ro,relatime)");
    }

    @Test
    void aMountOverAnotherHidesIt() {
        MountTable table = MountTable.parse(ROOT + "\n2 1 8:1 / /var ro - ext4 /dev/sda1 ro"
                + "\n3 1 8:1 / /var/lib/rancher ro - ext4 /dev/sda2 ro"
                + "\n4 1 8:1 / /var/lib/rancher rw - ext4 /dev/sda3 rw");

        assertThat(table.isReadOnly("/var/lib/rancher/k3s")).isFalse();
        assertThat(table.isReadOnly("/var/lib/rancher2")).isTrue();
        assertThat(table.isReadOnly("/")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, PASS", "2, WARN", "4, WARN", "5, FAIL"})
    void processesThatDoNotGetOnAreCounted(int count, Verdict verdict) {
        String waiting = "812 14 nfsd\n".repeat(count);

        HostHouses house = house(FINE).says(Waiting.PROBE, waiting);

        assertThat(house.isMachine().judge(new Starved()).verdict()).isEqualTo(verdict);
        assertThat(house.isContainer().judge(new Starved()).verdict())
                .isEqualTo(verdict == Verdict.PASS ? Verdict.NOT_APPLICABLE : verdict);
    }

    @Test
    void theEvidenceSaysHowOftenSinceWhenAndWhat() {
        Finding finding = of(new Stalls(), FINE + seen(2, 1, "rcu: INFO: rcu_preempt self-detected stall on CPU"));

        assertThat(finding.evidence())
                .containsExactly("2 times, 2026-11-22T04:42:20Z to 2026-11-22T04:43:50Z: "
                        + "rcu: INFO: rcu_preempt self-detected stall on CPU");
        assertThat(finding.since()).contains(Houses.NOW.minusSeconds(100));
    }

    private static String seen(long count, long recent, String line) {
        return "seen now " + count + " " + recent + " " + (NOW - 100) + " " + (NOW - 10) + " " + line + "\n";
    }

    private static Finding of(Check check, String log) {
        return house(log).isMachine().judge(check);
    }

    private static HostHouses house(String log) {
        return new HostHouses()
                .says(KernelLog.PROBE, log)
                .says(Waiting.PROBE, "")
                .says(MountTable.PROBE, ROOT)
                .fact("facts:disks", sections("/", DF, "/var/lib/rancher", DF));
    }
}
